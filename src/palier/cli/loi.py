"""``palier loi``: read the law at a date, and tell how fresh it is."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from palier import law
from palier.cli.francais import Commande, Groupe
from palier.cli.options import Au, Format, check_format, read_date

app = typer.Typer(
    cls=Groupe, help="La loi en données : valeurs datées, sources, fraîcheur.", no_args_is_help=True
)
_ETATS = {
    "a_jour": "à jour",
    "bientot": "à revoir bientôt",
    "non_verifie": "non vérifiée",
    "sans_valeur": "sans valeur à cette date",
    "perime": "périmée",
}


@app.command("montrer", cls=Commande)
def montrer(
    nom: Annotated[
        str | None, typer.Argument(metavar="NOM", help="Nom d'une valeur ; sans nom, la liste.")
    ] = None,
    au: Au = "",
    format_: Format = "texte",
) -> None:
    """Montrer une valeur de la loi à une date, avec sa source."""
    date = read_date(au) if au else _today()
    loi = law.at(date, non_verifie=True)
    console = Console()
    if nom is None:
        table = Table("Nom", "Libellé")
        for id_ in law.load().ids():
            table.add_row(id_, law.load().fiche(id_).libelle)
        console.print(table)
        return
    found = law.describe(loi, nom)
    if check_format(format_) == "json":
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    for key, value in found.items():
        if not isinstance(value, list):
            console.print(f"[bold]{key}[/] : {value}", highlight=False)
    for row in next((v for v in found.values() if isinstance(v, list)), []):
        console.print(
            "  " + " · ".join(str(v) for v in (row.values() if isinstance(row, dict) else row)),
            highlight=False,
        )


@app.command("fraicheur", cls=Commande)
def fraicheur(au: Au = "") -> None:
    """Dire quelles valeurs sont à jour, à revoir, non vérifiées ou périmées."""
    date = read_date(au) if au else _today()
    table = Table("Valeur", "Vérifiée le", "À revoir le", "État")
    found = law.load().freshness(date)
    for item in found:
        table.add_row(item.id, item.verifie_le.isoformat(), item.perime_le.isoformat(), _ETATS[item.etat])
    Console().print(table)
    if any(item.etat == "perime" for item in found):
        raise typer.Exit(12)


def _today() -> dt.date:
    """Read the clock: only this command and the doors do."""
    return dt.datetime.now(tz=dt.UTC).date()
