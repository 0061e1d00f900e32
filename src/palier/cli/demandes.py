"""``palier demandes``: read files of requests into checked tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from palier.cli.francais import Commande, Groupe
from palier.cli.options import Au, BonnesLignes, SortieRequise, read_date
from palier.formats import BilanImport, group_problems, import_table

app = typer.Typer(
    cls=Groupe, help="Les demandes : importer un fichier, tout vérifier d'un coup.", no_args_is_help=True
)


@app.command("importer", cls=Commande)
def importer(
    fichier: Annotated[Path, typer.Argument(metavar="FICHIER", help="CSV, XLSX, parquet ou XML du SNE.")],
    sortie: SortieRequise,
    au: Au,
    table: Annotated[str, typer.Option("--table", metavar="TABLE", help="Table visée.")] = "demandes",
    bonnes_lignes: BonnesLignes = False,
    rejets: Annotated[
        Path | None,
        typer.Option("--rejets", metavar="FICHIER", help="Où écrire les lignes rejetées (sans valeurs)."),
    ] = None,
) -> None:
    """Importer un fichier : colonnes reconnues par leur nom, tous les problèmes dits à la fois."""
    errors = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} lignes"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("Lecture", total=None)
        bilan = import_table(
            fichier,
            sortie,
            table,
            au=read_date(au),
            bonnes_lignes=bonnes_lignes,
            rejets=rejets,
            progress=lambda done: progress.update(task, completed=done),
        )
    print_bilan(bilan, errors)


def print_bilan(bilan: BilanImport, errors: Console) -> None:
    """Print the mapping of columns and what was kept; rejects go to stderr."""
    console = Console()
    for item in bilan.correspondance:
        console.print(f"  {item.entete}  →  {item.colonne}  ({item.raison})", highlight=False, markup=False)
    for title in bilan.ignorees:
        console.print(f"  {title}  →  ignorée", highlight=False, markup=False)
    console.print(
        f"{bilan.lignes_ecrites} lignes écrites dans {bilan.sortie}", highlight=False, soft_wrap=True
    )
    if bilan.lignes_rejetees:
        errors.print(f"{bilan.lignes_rejetees} lignes rejetées sur {bilan.lignes_lues}.", highlight=False)
    for problem in group_problems([*bilan.problemes, *bilan.avertissements]):
        errors.print(str(problem), highlight=False, markup=False, soft_wrap=True)
