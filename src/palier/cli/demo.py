"""``palier demo``: an invented territory, scored and explained, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from palier import law
from palier.base.mots import nombre
from palier.cli import affichage, rapports
from palier.cli.options import Graine, read_date
from palier.cli.territoire import write_territoire
from palier.cli.travaux import Cotation, find_row, load_grille, load_tables, score_tables
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import prepare, score_row

GRILLE = "demo-ems"
AU = "2026-11-24"
FILE = "t3"


def demo(
    dossier: Annotated[
        Path, typer.Option("--dossier", metavar="DOSSIER", help="Où écrire les fichiers.")
    ] = Path("donnees/demo"),
    graine: Graine = 1,
    taille: Annotated[float, typer.Option("--taille", help="Part du territoire, de 0,01 à 1.")] = 1.0,
) -> None:
    """Générer un territoire inventé, le noter, et montrer une file, une explication, une attente."""
    console = Console()
    date = read_date(AU)
    dossier.mkdir(parents=True, exist_ok=True)
    console.rule("1. Un territoire inventé")
    write_territoire(dossier, date, graine, taille)
    tables = load_tables(dossier / "demandes.parquet", dossier / "evenements.parquet", date)
    console.print(
        f"{nombre(tables.demandes.height)} demandes inventées. Aucune personne réelle.", highlight=False
    )
    console.rule("2. Noter et classer")
    made = score_tables(tables, GRILLE, date, True)
    notes = dossier / "notes.parquet"
    affichage.show_scores(console, made, notes, rapports.write_scores(made, notes))
    console.rule(f"3. La tête d'une file : premières demandes, {FILE.upper()}")
    numero = show_queue(console, made)
    console.rule("4. Une note expliquée")
    loi = law.at(date, non_verifie=True)
    regle = prepare(load_grille(GRILLE, loi), loi)
    row, events = find_row(tables, numero)
    affichage.show_explanation(console, explain(regle, score_row(regle, row, date, events)), "fr")
    affichage.show_explanation(console, rapports.explain_place(made, numero, "fr"), "fr")
    console.rule("5. Les attentes")
    found = rapports.estimate(dossier / "baux.parquet", date, None)
    affichage.show_waits(console, found, FILE, "fr")
    curve = dossier / "attente-t3.png"
    rapports.write_curve(found, FILE, curve, "territoire inventé")
    console.print(
        f"Tous les fichiers sont dans {dossier} ; la courbe est {curve}.", highlight=False, soft_wrap=True
    )


def show_queue(console: Console, made: Cotation, rows: int = 10) -> str:
    """Print the head of one queue and return the number of its first request."""
    head = made.files.filter(
        (pl.col("systeme").cast(pl.String) == "primo") & (pl.col("typologie").cast(pl.String) == FILE)
    ).head(rows)
    table = Table("Rang", "Ordre", "Numéro unique", "Classe", "Points")
    for row in head.iter_rows(named=True):
        cells = (row["rang"], row["ordre"], row["numero_unique"], row["classe"] or "", row["total"])
        table.add_row(*(str(c) for c in cells))
    console.print(table)
    return str(head["numero_unique"][0])
