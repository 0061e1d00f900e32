"""``palier territoire``: an invented territory, seeded, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from palier.cli.francais import Commande, Groupe
from palier.cli.options import Au, Graine, read_date
from palier.formats import open_parquet_parts, write_table
from palier.synthetic import generate_national, generate_territoire

app = typer.Typer(
    cls=Groupe, help="Un territoire inventé, pour essayer sans données réelles.", no_args_is_help=True
)
TABLES = ("demandes", "personnes", "evenements", "publics", "logements", "baux", "offres", "decisions")


@app.command("generer", cls=Commande)
def generer(
    sortie: Annotated[
        Path, typer.Option("--sortie", metavar="DOSSIER", help="Dossier où écrire les tables.")
    ],
    au: Au,
    graine: Graine = 1,
    national: Annotated[
        bool, typer.Option("--national", help="Taille de la France : 2,9 millions de demandes, par morceaux.")
    ] = False,
    taille: Annotated[float, typer.Option("--taille", help="Part de la taille complète, de 0,01 à 1.")] = 1.0,
) -> None:
    """Générer un territoire inventé de la taille de l'Eurométropole de Strasbourg, ou du pays."""
    date = read_date(au)
    sortie.mkdir(parents=True, exist_ok=True)
    if national:
        write_national(sortie, date, graine, taille)
    else:
        write_territoire(sortie, date, graine, taille)
    Console().print(f"Territoire inventé écrit dans {sortie}", highlight=False, soft_wrap=True)


def write_territoire(sortie: Path, date: object, graine: int, taille: float) -> None:
    """Write the tables of one territory as parquet files."""
    made = generate_territoire(graine=graine, au=date, taille=taille)
    for nom in TABLES:
        write_table(getattr(made, nom), sortie / f"{nom}.parquet", table=nom)


def write_national(sortie: Path, date: object, graine: int, taille: float) -> None:
    """Write the country in chunks: bounded memory, each table one parquet file."""
    sizes = {"demandes": int(2_900_000 * taille), "logements": int(5_400_000 * taille)}
    with (
        Progress(console=Console(stderr=True), transient=True) as progress,
        open_parquet_parts(sortie) as parts,
    ):
        task = progress.add_task("Tirage", total=sum(sizes.values()))
        for piece in generate_national(graine=graine, au=date, **sizes):
            parts.append(piece.table, piece.frame)
            if piece.table in sizes:
                progress.update(task, advance=piece.frame.height)
