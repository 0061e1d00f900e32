"""The command line: ``palier <domaine> <verbe>``, a thin door over the rooms."""

from palier.cli.application import app, main

__all__ = ["app", "main"]
