"""Settings read by mypy's plugin only: those of the tests, whatever the environment."""

import os

os.environ["PALIER_MODE"] = "essai"

from palier.web.settings import *  # noqa: F403 - Django settings are a module of names
