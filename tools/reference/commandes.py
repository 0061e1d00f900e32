"""The help of the command line, pasted from the real program."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

from typer import rich_utils
from typer.main import get_command
from typer.testing import CliRunner

from tools.reference.markdown import page

CHAPEAU = """
L'aide de chaque commande, telle que le programme l'affiche. Rien n'est interactif ; une commande interrompue
ne laisse aucun fichier à moitié écrit. Les codes de sortie sont dans [Codes d'erreur](erreurs.md).
"""
ENVIRONMENT = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100", "TERMINAL_WIDTH": "100"}


def paths(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """List the commands that a person can call, groups before their members."""
    if getattr(command, "hidden", False):
        return
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from paths(child, (*path, name))


def render() -> str:
    """Write ``docs/reference/commandes.md``.

    Raises
    ------
    RuntimeError
        If the help of a command fails.
    """
    rich_utils.MAX_WIDTH = int(ENVIRONMENT["TERMINAL_WIDTH"])  # typer reads it once, when it is loaded
    app: Any = getattr(importlib.import_module("palier.cli"), "app", None)
    parties = []
    for path in paths(get_command(app)) if app else ():
        done = CliRunner().invoke(app, [*path, "--help"], prog_name="palier", env=ENVIRONMENT)
        if done.exit_code != 0:
            raise RuntimeError(f"palier {' '.join(path)} --help : {done.output}")
        lines = "\n".join(line.rstrip() for line in done.output.strip("\n").splitlines())
        parties.append(f"## `{' '.join(('palier', *path))}`\n\n```text\n{lines.strip()}\n```\n")
    return page("Ligne de commande", CHAPEAU, parties)
