"""``palier loi``: read the law at a date, and tell how fresh it is."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console

from palier import law
from palier.cli import tableaux
from palier.cli.francais import Commande, Groupe
from palier.cli.options import AuOuJour, Format, check_format, read_today

app = typer.Typer(
    cls=Groupe, help="La loi en données : valeurs datées, sources, fraîcheur.", no_args_is_help=True
)
_LOI_PERIMEE = 12


@app.command("montrer", cls=Commande)
def montrer(
    nom: Annotated[
        str | None,
        typer.Argument(
            metavar="NOM",
            help="Nom d'une valeur ; sans nom, la liste.",
            autocompletion=lambda: list(law.load().ids()),
        ),
    ] = None,
    au: AuOuJour = "",
    format_: Format = "texte",
) -> None:
    """Montrer une valeur de la loi à une date, avec sa source."""
    date, as_json = read_today(au), check_format(format_) == "json"
    registre = law.load()
    names = {id_: registre.fiche(id_).libelle for id_ in registre.ids()}
    found = names if nom is None else law.describe(registre.at(date, non_verifie=True), nom)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif nom is None:
        tableaux.show_law_list(Console(), names)
    else:
        tableaux.show_law(Console(), found, date)


@app.command("fraicheur", cls=Commande)
def fraicheur(au: AuOuJour = "") -> None:
    """Dire quelles valeurs sont à jour, à revoir, non vérifiées ou périmées."""
    date = read_today(au)
    found = law.load().freshness(date)
    tableaux.show_freshness(Console(), found, date)
    if any(item.etat == "perime" for item in found):
        raise typer.Exit(_LOI_PERIMEE)
