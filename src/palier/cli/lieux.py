"""``palier lieux``: communes, EPCI, departments and outlines, made from open files at set-up.

The group is not called « territoires »: ``palier territoire`` invents one, and a
letter would be all that tells real places from invented ones.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from palier.base.mots import date_longue, nombre
from palier.cli.affichage import counted, say, working
from palier.cli.francais import Commande, Groupe
from palier.cli.options import read_date
from palier.formats.territoires import Bilan, prepare_territoires

app = typer.Typer(
    cls=Groupe, help="Les lieux réels : communes, EPCI, départements, contours.", no_args_is_help=True
)
_PAQUET = Path("node_modules/@etalab/decoupage-administratif")


@app.command("preparer", cls=Commande)
def preparer(
    sources: Annotated[
        Path,
        typer.Option(
            "--sources",
            readable=False,
            metavar="DOSSIER",
            help="Le paquet npm @etalab/decoupage-administratif.",
        ),
    ] = _PAQUET,
    contours: Annotated[
        Path | None,
        typer.Option(
            "--contours",
            readable=False,
            metavar="FICHIER",
            help="Contours : GeoJSON, ou le fichier libre décrit dans le guide ; sans lui, pas de carte.",
        ),
    ] = None,
    donnees: Annotated[
        Path | None,
        typer.Option(
            "--donnees",
            readable=False,
            metavar="DOSSIER",
            help="Dossier des données ; sans lui, PALIER_DONNEES, sinon donnees/.",
        ),
    ] = None,
    millesime: Annotated[
        str,
        typer.Option("--millesime", metavar="DATE", help="Date du découpage, si Palier ne la connaît pas."),
    ] = "",
    mention: Annotated[
        str,
        typer.Option("--mention", metavar="TEXTE", help="Éditeur et date d'un fichier de contours à vous."),
    ] = "",
) -> None:
    """Préparer les lieux, et leurs contours si un fichier est donné."""
    date = read_date(millesime, "--millesime") if millesime else None
    folder = donnees or Path(os.environ.get("PALIER_DONNEES") or "donnees")
    with working(Console(stderr=True), "Préparation des lieux"):
        made = prepare_territoires(sources, folder, contours, date, mention)
    show_bilan(Console(), made, folder)


def show_bilan(console: Console, made: Bilan, folder: Path) -> None:
    """Say what was made, how heavy the maps are, and whom to name."""
    communes = counted(made.lignes["communes"], "code de commune", "codes de communes")
    say(console, f"{folder / 'territoires'} : {communes}, {counted(made.lignes['epci'], 'EPCI', 'EPCI')}, "
                 f"découpage au {date_longue(made.millesime)}")  # fmt: skip
    if made.octets:
        whole = sum(made.octets.values()) // 1000
        say(console, f"Contours : {counted(made.contours, 'commune')}, {nombre(whole)}\u00a0ko en tout, "
                     f"{nombre(made.octets['departements'] // 1000)}\u00a0ko pour le pays")  # fmt: skip
        if made.sans_contour:
            say(console, f"Sans contour : {counted(made.sans_contour, 'commune')}", 1)
        if made.inconnus:
            say(console, f"Codes inconnus, laissés : {nombre(made.inconnus)}", 1)
    else:
        say(console, "Sans contours : les pages marchent, les cartes n'ont pas de fond.")
    for source in made.sources:
        say(console, f"Source : {source.mention}")
