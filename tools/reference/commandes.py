"""The help of the command line, pasted from the real program."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator

import click

from tools.reference.markdown import page

CHAPEAU = """
L'aide de chaque commande, telle que le programme l'affiche. Rien n'est interactif ; une commande interrompue
ne laisse aucun fichier à moitié écrit. Les codes de sortie sont dans [Codes d'erreur](erreurs.md).
"""
WIDTH = "100"


def _helps(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path, max_content_width=int(WIDTH), terminal_width=int(WIDTH))
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None and not child.hidden:
                yield from _helps(child, f"{path} {name}")


def render() -> str:
    """Write ``docs/reference/commandes.md``."""
    os.environ.update(NO_COLOR="1", TERMINAL_WIDTH=WIDTH, COLUMNS=WIDTH)
    typer_main = importlib.import_module("typer.main")
    app = getattr(importlib.import_module("palier.cli"), "app", None)
    if app is None:
        return page("Ligne de commande", CHAPEAU, [])
    parties = [
        f"## `{path}`\n\n```text\n{text.strip()}\n```"
        for path, text in _helps(typer_main.get_command(app), "palier")
    ]
    return page("Ligne de commande", CHAPEAU, parties)
