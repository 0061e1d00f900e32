"""What commands print: verdicts, scores, explanations, comparisons, waits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table

from palier.base.errors import Problem
from palier.base.exact import percent_text
from palier.base.explanation import Explanation
from palier.base.mots import nombre, word
from palier.base.rendu import render_lines
from palier.cli.rapports import cohort_name
from palier.cli.travaux import Cotation
from palier.engines.cotation.attente import Attentes, Strate, explain_attente
from palier.engines.cotation.comparaison import Comparaison
from palier.engines.cotation.model import Grille


def show_verdict(
    console: Console, grille: Grille, warnings: Sequence[Problem], wrong: Sequence[Problem]
) -> None:
    """Print what was checked in a grid and its warnings."""
    criteres = len(grille.criteres())
    state = "[bold red]à corriger[/]" if wrong else "[bold green]valide[/]"
    console.print(
        f"{grille.version} : {state} · {criteres} critères · {len(grille.systemes)} système(s) · "
        f"{len(grille.exemples)} exemple(s) · {grille.completude}",
        highlight=False,
    )
    for problem in warnings:
        console.print(f"  à vérifier [{problem.code}] {problem.ou}", highlight=False, markup=False)
        console.print(f"    {problem.constat} {problem.que_faire}", highlight=False, markup=False)


def show_scores(console: Console, made: Cotation, sortie: Path, files: Path) -> None:
    """Print the states, what is missing, and where the files are."""
    table = made.result.table
    for etat, count in table.group_by("etat").len().sort("etat").iter_rows():
        console.print(f"  {word(f'etat.{etat}')} : {nombre(count)}", highlight=False)
    reasons = table.filter(pl.col("motif_etat").is_not_null()).group_by("motif_etat").len()
    for motif, count in reasons.sort("len", descending=True).iter_rows():
        console.print(f"    {word(f'motif.{motif}')} : {nombre(count)}", highlight=False)
    unsure = made.result.provenance.non_verifie
    if unsure:
        console.print(f"[bold yellow]Valeurs de loi non vérifiées[/] : {', '.join(unsure)}", highlight=False)
    console.print(f"Notes : {sortie}\nFiles : {files}", highlight=False, soft_wrap=True)


def show_explanation(console: Console, explanation: Explanation, langue: str) -> None:
    """Print an explanation tree with the same words as every door."""
    for depth, text in render_lines(explanation, langue):
        console.print("  " * depth + text, highlight=False, markup=False, soft_wrap=True)


def show_explanations(console: Console, parts: Sequence[Explanation], langue: str) -> None:
    """Print several trees, one blank line apart."""
    for part in parts:
        show_explanation(console, part, langue)
        console.print()


def show_comparison(console: Console, before: Grille, after: Grille, made: Comparaison) -> None:
    """Print who rises and who falls, then the legal objectives."""
    table = Table(title=f"{before.version} → {after.version}")
    for head in ("Public", "Places", "Montent", "Baissent", "Stables", "Déplacement médian"):
        table.add_column(head, justify="left" if head == "Public" else "right")
    for item in made.mouvements:
        if item.cohorte == "inconnu":
            continue
        name = cohort_name(item)
        if item.monte is None:
            table.add_row(name, "groupe trop petit", *("",) * 4)
            continue
        move = f"{nombre(item.mediane or 0)} % de la file"
        table.add_row(name, *(nombre(v or 0) for v in (item.n, item.monte, item.baisse, item.stable)), move)
    console.print(table)
    console.print(f"Objectifs, si les {percent_text(made.part_tete)} premiers de chaque file étaient logés :")
    for goal in made.objectifs:
        shares = [percent_text(v) if v is not None else "inconnu" for v in (goal.avant, goal.apres)]
        console.print(
            f"  {word(f'objectif.{goal.id}')} (au moins {percent_text(goal.cible)}) : {shares[0]} → {shares[1]}",
            highlight=False,
        )


def show_waits(console: Console, found: Attentes, typologie: str, langue: str) -> None:
    """Print the waits of the territory, or of one size."""
    wanted = Strate(typologie=typologie or None)
    for strate, attente in sorted(found.strates.items(), key=lambda item: str(item[0])):
        if strate.secteur is None and (strate == wanted or not typologie):
            show_explanation(console, explain_attente(attente, langue), langue)
            console.print()
