"""``palier chiffres``: publish figures about queues. The web room is loaded inside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier.base.mots import nombre
from palier.cli import affichage, options
from palier.cli.affichage import say, working
from palier.cli.francais import Commande, Groupe

app = typer.Typer(
    cls=Groupe, help="Les chiffres du site : publier files, points et attentes.", no_args_is_help=True
)

Baux = Annotated[
    Path,
    typer.Option(
        "--baux", readable=False, metavar="FICHIER", help="Table des demandes logées, parties et en attente."
    ),
]


@app.callback()
def chiffres() -> None:
    """Les chiffres du site : publier files, points et attentes."""


@app.command("publier", cls=Commande)
def publier(
    demandes: options.Demandes,
    baux: Baux,
    grille: options.Grille,
    au: options.Au,
    evenements: options.Evenements = None,
    non_verifiee: options.NonVerifiee = False,
    bonnes_lignes: options.BonnesLignes = False,
) -> None:
    """Compter chaque file, masquer les petits groupes, publier sur le site. Deux fois ne change rien."""
    from palier.cli.publication import measure
    from palier.web.exploitation import chiffres as site

    console, errors = Console(), Console(stderr=True)
    with working(errors, "Notation, files et attentes"):
        made = measure(demandes, baux, grille, options.read_date(au), evenements, non_verifiee, bonnes_lignes)
    affichage.show_reading(errors, made.cotation.tables)
    for problem in made.avertissements:
        say(errors, str(problem))
    if unsure := made.cotation.result.provenance.non_verifie:
        say(errors, f"Valeurs de loi non vérifiées : {', '.join(unsure)}", style="bold yellow")
    for line in site.publish(made.a_conserver):
        say(console, line)
    if made.masquees:
        say(console, f"Files masquées, trop petites ou trouvables par différence : {nombre(made.masquees)}.")


@app.command("calculer", cls=Commande)
def calculer(
    territoires: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TERRITOIRE]...", help="SIREN des intercommunalités ; aucun : toutes."),
    ] = None,
) -> None:
    """Calculer et publier tout de suite : files, calendrier et extraits des commissions, bilans finis."""
    from palier.web.exploitation import chiffres as site

    with working(Console(stderr=True), "Files et attentes"):
        for line in site.compute(territoires or ()):
            say(Console(), line)
