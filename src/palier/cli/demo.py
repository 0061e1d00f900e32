"""``palier demo``: an invented territory, scored and explained, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console

from palier import law
from palier.base.mots import nombre
from palier.cli import affichage, notes, rapports, tableaux
from palier.cli.affichage import say
from palier.cli.francais import Commande
from palier.cli.options import Graine, Taille, read_date
from palier.cli.territoire import write_territoire
from palier.cli.travaux import Cotation, find_row, load_tables, score_tables
from palier.engines.cotation.attente import Strate
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import prepare, score_row

GRILLE = "demo-ems"
AU = "2026-11-24"
FILE = "t3"


app = typer.Typer()


@app.command("demo", cls=Commande)
def demo(
    dossier: Annotated[
        Path, typer.Option("--dossier", readable=False, metavar="DOSSIER", help="Où écrire les fichiers.")
    ] = Path("donnees/demo"),
    graine: Graine = 1,
    taille: Taille = 1.0,
) -> None:
    """Générer un territoire inventé, le noter, et montrer une file, une explication, une attente."""
    console, date = Console(), read_date(AU)
    rows = write_territoire(dossier, date, graine, taille)
    console.rule("1. Un territoire inventé")
    say(console, f"{nombre(rows['demandes'])} demandes, {nombre(rows['logements'])} logements. "
                 "Tout est inventé : aucune personne réelle.")  # fmt: skip
    console.rule("2. Noter et classer")
    made = score_tables(
        load_tables(dossier / "demandes.parquet", None, date), GRILLE, date, non_verifiee=True
    )
    scores = dossier / "notes.parquet"
    notes.write_scores(made, scores)
    affichage.show_scores(console, made)
    console.rule(f"3. La tête d'une file : premières demandes, {FILE.upper()}")
    head = queue_head(made)
    tableaux.show_queue(console, head, made.grille)
    console.rule("4. Une note expliquée, celle de la dernière demande montrée")
    show_request(console, made, str(head["numero_unique"][-1]))
    console.rule("5. Les attentes")
    found = rapports.estimate(dossier / "baux.parquet", date, None)
    tableaux.show_waits(console, found)
    curve = dossier / f"attente-{FILE}.png"
    rapports.write_curve(found[Strate(FILE)], curve, "territoire inventé")
    console.rule("Les fichiers")
    for path in (dossier / "demandes.parquet", scores, notes.files_path(scores), curve):
        say(console, str(path))


def queue_head(made: Cotation, rows: int = 10) -> pl.DataFrame:
    """Return the head of the queue of first requests of one size."""
    mine = (pl.col("systeme").cast(pl.String) == "primo") & (pl.col("typologie").cast(pl.String) == FILE)
    return made.files.filter(mine).head(rows)


def show_request(console: Console, made: Cotation, numero: str) -> None:
    """Explain one request and its place."""
    date = made.result.provenance.au
    regle = prepare(made.grille, law.at(date, non_verifie=True))
    row, events = find_row(made.tables, numero)
    affichage.show_short(console, explain(regle, score_row(regle, row, date, events)), "fr")
    console.print()
    affichage.show_explanation(console, rapports.explain_place(made, numero, "fr"), "fr")
