"""``palier journal``: prove that the chain of the journal holds. The web room is loaded inside."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from palier.cli.affichage import say
from palier.cli.francais import Commande, Groupe

app = typer.Typer(cls=Groupe, help="Le journal du site : vérifier sa chaîne.", no_args_is_help=True)

Tetes = Annotated[
    list[str] | None,
    typer.Option(
        "--tete", metavar="NUMERO:EMPREINTE", help="Une tête gardée ailleurs, à retrouver. Plusieurs fois."
    ),
]


@app.callback()
def journal() -> None:
    """Le journal du site : vérifier sa chaîne."""


@app.command("verifier", cls=Commande)
def verifier(tete: Tetes = None) -> None:
    """Recalculer la chaîne du journal, la comparer aux têtes publiées, nommer la première ligne rompue."""
    from palier.web.exploitation import verification

    console = Console()
    for line in verification.verify_journal(tete or []):
        say(console, line)
