"""Run ``python -m palier.cli``."""

from palier.cli.application import main

raise SystemExit(main())
