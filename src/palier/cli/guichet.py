"""The part of ``palier demandes`` that speaks to the site; web room and engine load inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier.base.errors import TableError
from palier.cli.affichage import say
from palier.cli.francais import Commande
from palier.cli.options import AuOuJour, BonnesLignes, read_date, read_today

app = typer.Typer()

Territoire = Annotated[
    str, typer.Argument(metavar="TERRITOIRE", help="SIREN de l'intercommunalité qui cote les demandes.")
]


def _child(nom: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(
        f"--{nom}", readable=False, metavar="FICHIER", help=f"Table {nom} des mêmes demandes."
    )
    return found


@app.command("charger", cls=Commande)
def charger(
    fichier: Annotated[
        Path, typer.Argument(readable=False, metavar="FICHIER", help="CSV, XLSX, parquet ou XML du SNE.")
    ],
    territoire: Annotated[
        str, typer.Option("--territoire", metavar="SIREN", help="Intercommunalité qui cote ces demandes.")
    ],
    organisme: Annotated[
        list[str],
        typer.Option("--organisme", metavar="SIREN", help="Organisme qui les gère. Plusieurs fois."),
    ],
    au: AuOuJour = "",
    evenements: Annotated[Path | None, _child("evenements")] = None,
    publics: Annotated[Path | None, _child("publics")] = None,
    ressources: Annotated[Path | None, _child("ressources")] = None,
    personnes: Annotated[Path | None, _child("personnes")] = None,
    bonnes_lignes: BonnesLignes = False,
) -> None:
    """Charger un fichier de demandes : tout est contrôlé, puis tout est écrit, ou rien."""
    from palier.cli.travaux import beside
    from palier.web.exploitation import demandes as site

    given = {
        "evenements": evenements or beside(fichier),
        "publics": publics,
        "ressources": ressources,
        "personnes": personnes,
    }
    console, errors = Console(), Console(stderr=True)
    try:
        for line in site.load(
            fichier,
            territoire=territoire,
            organismes=organisme,
            au=read_today(au),
            autres={nom: path for nom, path in given.items() if path is not None},
            bonnes_lignes=bonnes_lignes,
        ):
            say(console, line)
    except TableError:
        say(errors, "Fichier refusé : rien n'a été écrit sur le site.")
        raise


@app.command("coter", cls=Commande)
def coter(
    territoire: Territoire,
    grille: Annotated[
        str, typer.Option("--grille", metavar="GRILLE", help="Grille à adopter d'abord : fichier, ou livrée.")
    ] = "",
    au: AuOuJour = "",
) -> None:
    """Coter et classer toutes les demandes d'un territoire avec sa grille en vigueur."""
    from palier.cli.travaux import load_text
    from palier.web.exploitation import demandes as site

    texte, origine = load_text(grille) if grille else ("", "")
    for line in site.score(territoire, texte=texte, origine=origine, au=read_today(au)):
        say(Console(), line)


@app.command("echeances", cls=Commande)
def echeances(
    territoire: Territoire,
    appliquer: Annotated[
        bool, typer.Option("--appliquer", help="Radier vraiment ; sans cela, dire seulement.")
    ] = False,
    au: AuOuJour = "",
) -> None:
    """Dire qui aviser de renouveler, et qui serait radié faute de l'avoir fait."""
    from palier.web.exploitation import demandes as site

    for line in site.deadlines(territoire, au=read_today(au), appliquer=appliquer):
        say(Console(), line)


@app.command("retour", cls=Commande)
def retour(
    organisme: Annotated[str, typer.Argument(metavar="SIREN", help="Organisme qui rend compte.")],
    du: Annotated[str, typer.Option("--du", metavar="DATE", help="Premier jour, compté.")],
    au: Annotated[str, typer.Option("--au", metavar="DATE", help="Dernier jour, compté.")],
    vers: Annotated[
        Path, typer.Option("--vers", readable=False, metavar="DOSSIER", help="Dossier où écrire le fichier.")
    ] = Path(),
) -> None:
    """Écrire le fichier de retour vers le fichier national : baux, contingents, radiations."""
    from palier.web.exploitation import demandes as site

    for line in site.give_back(
        organisme,
        du=read_date(du, "--du"),
        au=read_date(au),
        aujourdhui=read_today(""),
        dossier=vers,
    ):
        say(Console(), line)


@app.command("conservation", cls=Commande)
def conservation(
    territoire: Territoire,
    appliquer: Annotated[
        bool, typer.Option("--appliquer", help="Effacer vraiment ; sans cela, dire seulement.")
    ] = False,
    au: AuOuJour = "",
) -> None:
    """Dire ce que les durées de conservation effacent d'un territoire, et l'effacer."""
    from palier.web.exploitation import demandes as site

    for line in site.retention(territoire, au=read_today(au), appliquer=appliquer):
        say(Console(), line)
