"""``palier territoire``: an invented territory, seeded, as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from palier.base.mots import nombre
from palier.cli.affichage import say
from palier.cli.francais import Commande, Groupe
from palier.cli.options import Au, Graine, Taille, read_date
from palier.formats import Sortie, make_folder, open_parquet_parts, write_tables
from palier.synthetic import generate_national, generate_territoire

app = typer.Typer(
    cls=Groupe, help="Un territoire inventé, pour essayer sans données réelles.", no_args_is_help=True
)
TABLES = ("demandes", "personnes", "evenements", "publics", "logements", "baux", "propositions", "decisions")
_PAYS = {"demandes": 2_900_000, "logements": 5_400_000}


@app.command("generer", cls=Commande)
def generer(
    sortie: Annotated[
        Path,
        typer.Option("--sortie", readable=False, metavar="DOSSIER", help="Dossier où écrire les tables."),
    ],
    au: Au,
    graine: Graine = 1,
    national: Annotated[
        bool, typer.Option("--national", help="Taille de la France : 2,9 millions de demandes, par morceaux.")
    ] = False,
    taille: Taille = 1.0,
) -> None:
    """Générer un territoire inventé de la taille de l'Eurométropole de Strasbourg, ou du pays."""
    date, console = read_date(au), Console()
    write = write_national if national else write_territoire
    for nom, rows in write(sortie, date, graine, taille).items():
        say(console, f"{sortie / nom}.parquet : {nombre(rows)}\u00a0lignes")
    say(console, "Tout est inventé : aucune personne réelle.")


def write_territoire(sortie: Path, date: dt.date, graine: int, taille: float) -> dict[str, int]:
    """Write the tables of one territory as parquet files, all or none; return their rows."""
    made = generate_territoire(graine=graine, au=date, taille=taille)
    frames = {nom: getattr(made, nom) for nom in TABLES}
    folder = make_folder(sortie)
    write_tables([Sortie(frame, folder / f"{nom}.parquet", nom) for nom, frame in frames.items()])
    return {nom: frame.height for nom, frame in frames.items()}


def write_national(sortie: Path, date: dt.date, graine: int, taille: float) -> dict[str, int]:
    """Write the country in chunks: bounded memory, each table one parquet file; return their rows."""
    sizes = {nom: int(rows * taille) for nom, rows in _PAYS.items()}
    pieces = generate_national(graine=graine, au=date, **sizes)
    folder, errors = make_folder(sortie), Console(stderr=True)
    rows: dict[str, int] = {}
    with (
        Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress,
        open_parquet_parts(folder) as parts,
    ):
        task = progress.add_task("Tirage", total=sum(sizes.values()))
        for piece in pieces:
            parts.append(piece.table, piece.frame)
            rows[piece.table] = rows.get(piece.table, 0) + piece.frame.height
            progress.update(task, completed=sum(rows.get(nom, 0) for nom in sizes))
    return rows
