"""``palier demandes``: read files of requests into checked tables; its part of the site is ``guichet``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from palier.base.errors import TableError
from palier.base.mots import date_longue, nombre
from palier.cli import guichet
from palier.cli.affichage import counted, rejects_line, say, show_mapping
from palier.cli.francais import Commande, Groupe
from palier.cli.options import AuOuJour, BonnesLignes, check_word, read_today
from palier.formats import BilanImport, LignesRefusees, group_problems, import_table
from palier.tables import all_schemas

app = typer.Typer(
    cls=Groupe,
    help="Les demandes : importer un fichier, tout vérifier d'un coup ; les charger et les coter.",
    no_args_is_help=True,
)


@app.command("importer", cls=Commande)
def importer(
    fichier: Annotated[
        Path, typer.Argument(readable=False, metavar="FICHIER", help="CSV, XLSX, parquet ou XML du SNE.")
    ],
    sortie: Annotated[
        Path, typer.Option("--sortie", readable=False, metavar="FICHIER", help="Table à écrire (.parquet).")
    ],
    au: AuOuJour = "",
    table: Annotated[
        str, typer.Option("--table", metavar="TABLE", help="Table visée : demandes, evenements, baux…")
    ] = "demandes",
    bonnes_lignes: BonnesLignes = False,
    rejets: Annotated[
        Path | None,
        typer.Option(
            "--rejets",
            readable=False,
            metavar="FICHIER",
            help="Où écrire les lignes rejetées (.csv, sans valeurs) ; sinon, à côté de la table.",
        ),
    ] = None,
) -> None:
    """Importer un fichier : colonnes reconnues par leur nom, tous les problèmes dits à la fois."""
    date, errors = read_today(au), Console(stderr=True)
    check_word(table, "--table", tuple(all_schemas()))
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"))
    try:
        with Progress(
            *columns, TimeElapsedColumn(), console=errors, transient=True, disable=not errors.is_terminal
        ) as progress:
            task = progress.add_task("Lignes lues", total=None)
            bilan = import_table(
                fichier,
                sortie,
                table,
                au=date,
                bonnes_lignes=bonnes_lignes,
                rejets=rejets,
                progress=lambda done: progress.update(task, completed=done),
            )
    except TableError as error:
        show_refusal(error, rejets, errors)
        raise
    show_bilan(bilan, Console(), errors)
    say(Console(), f"Contrôlé au {date_longue(date)}.")


def show_refusal(error: TableError, rejets: Path | None, errors: Console) -> None:
    """Say that nothing was written, before the problems, and what would keep the good lines."""
    say(errors, "Fichier refusé : aucune table n'a été écrite.")
    if isinstance(error, LignesRefusees):
        say(errors, "Les lignes sans faute seules : ajoutez --bonnes-lignes.")
    if rejets is not None and rejets.is_file():
        say(errors, rejects_line(len(error.problems), rejets))


def show_bilan(bilan: BilanImport, console: Console, errors: Console) -> None:
    """Print the mapping of columns and what was written; what was put aside goes to the error stream."""
    show_mapping(console, bilan.correspondance, bilan.ignorees)
    say(console, f"{bilan.sortie} : {counted(bilan.lignes_ecrites, 'ligne')}")
    for path in bilan.enfants.values():
        say(console, str(path))
    if bilan.lignes_rejetees:
        rejected = counted(bilan.lignes_rejetees, "ligne rejetée", "lignes rejetées")
        say(errors, f"{rejected} sur {nombre(bilan.lignes_lues)}.")
    if bilan.rejets is not None:
        say(console, rejects_line(bilan.lignes_rejetees, bilan.rejets))
    for problem in group_problems([*bilan.problemes, *bilan.avertissements]):
        say(errors, str(problem))


app.registered_commands += guichet.app.registered_commands  # those that speak to the site
