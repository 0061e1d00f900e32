"""``palier offres``: files of offers from a drop folder. The web room is loaded inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier.cli.affichage import say
from palier.cli.francais import Commande, Groupe

app = typer.Typer(cls=Groupe, help="Les offres publiques : dépôts par dossier.", no_args_is_help=True)


@app.callback()
def offres() -> None:
    """Les offres publiques : dépôts par dossier."""


@app.command("ramasser", cls=Commande)
def ramasser(
    dossier: Annotated[
        Path,
        typer.Argument(
            readable=False,
            metavar="DOSSIER",
            help="Dossier de dépôt : un sous-dossier par SIREN de bailleur.",
        ),
    ],
    complet: Annotated[
        bool, typer.Option("--complet", help="Chaque fichier contient toutes les offres de son bailleur.")
    ] = False,
    bonnes_lignes: Annotated[
        bool, typer.Option("--bonnes-lignes", help="Prendre les bonnes lignes d'un fichier fautif.")
    ] = False,
) -> None:
    """Lire les fichiers d'offres déposés, écrire un rapport à côté de chacun."""
    from palier.web.exploitation import ramassage

    errors = Console(stderr=True)
    found = ramassage.collect(dossier, complet=complet, bonnes_lignes=bonnes_lignes)
    for item in found:
        say(Console(), f"{item.nom} : {item.etat_en_clair}, {item.bonnes} lignes bonnes sur {item.lignes}")
    refused = [item for item in found if item.etat in {"refuse", "retenu"}]
    if refused:
        say(errors, f"{len(refused)} fichiers attendent une personne : lisez les rapports.")
        raise typer.Exit(11)
