"""``palier site``: serve, migrate, verify. The web room is loaded inside the commands."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from palier.cli.affichage import say
from palier.cli.francais import Commande, Groupe

app = typer.Typer(cls=Groupe, help="Le site : servir, migrer, vérifier.", no_args_is_help=True)

Hote = Annotated[str, typer.Option("--hote", metavar="ADRESSE", help="Adresse d'écoute.")]
Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="Port d'écoute.")]
Processus = Annotated[int, typer.Option("--processus", min=1, max=64, help="Processus web.")]
Ouvrier = Annotated[bool, typer.Option("--ouvrier/--sans-ouvrier", help="Lancer aussi l'ouvrier des tâches.")]


@app.command("migrer", cls=Commande)
def migrer() -> None:
    """Mettre le schéma de la base à la version de Palier, et donner ses droits au rôle du site."""
    from palier.web.exploitation import schema

    for line in schema.migrate():
        say(Console(), line)


@app.command("servir", cls=Commande)
def servir(
    hote: Hote = "127.0.0.1", port: Port = 8000, processus: Processus = 1, ouvrier: Ouvrier = True
) -> None:
    """Servir le site et faire ses tâches, jusqu'à Ctrl-C."""
    from palier.web.exploitation import service

    service.serve(hote=hote, port=port, processus=processus, ouvrier=ouvrier)


@app.command("ouvrier", cls=Commande)
def ouvrier_seul() -> None:
    """Faire les tâches du site, sans servir de pages."""
    from palier.web.exploitation import service

    service.work()


@app.command("verifier", cls=Commande)
def verifier() -> None:
    """Vérifier les réglages, la base, le rôle du site et la chaîne du journal."""
    from palier.web.exploitation import verification

    console = Console()
    for line in verification.verify():
        say(console, line)
