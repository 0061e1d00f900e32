"""What commands print: lines, verdicts, scores, explanations.

Texts are printed as they are: no markup is read in what comes from a file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from palier.base.explanation import Explanation, prune
from palier.base.mots import date_longue, has, nom_de_table, nombre, word
from palier.base.rendu import render_tree

if TYPE_CHECKING:  # a command that scores nothing does not load the engine
    from palier.cli.travaux import Cotation, Tables, Verification
    from palier.engines.cotation.model import Grille
    from palier.formats import Correspondance

_MANQUES = 3
_COMPLETUDES = {"complete": "complète", "partielle": "partielle"}


def say(console: Console, text: str, depth: int = 0, style: str = "") -> None:
    """Print a text: wrapped under its own margin on a terminal, on one line in a file or a pipe."""
    if console.is_terminal:
        console.print(Padding(Text(text, style=style), (0, 0, 0, 2 * depth)))
    else:
        console.print(Text("  " * depth + text), soft_wrap=True)


def working(errors: Console, what: str) -> AbstractContextManager[object]:
    """Show what is under way on the error stream, on a terminal only."""
    return errors.status(f"{what}…") if errors.is_terminal else nullcontext()


def grid(*heads: str, right: int = 1) -> Table:
    """Make an empty table; columns from ``right`` on hold numbers, that are never cut."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    for place, head in enumerate(heads):
        first = place < right
        table.add_column(
            Text(head),
            justify="left" if first else "right",
            overflow="fold",
            no_wrap=not first,
        )
    return table


def counted(n: int, one: str, more: str = "") -> str:
    """Write a count and its noun: 1 critère, 45 critères."""
    return f"{nombre(n)} {one if n < 2 else more or one + 's'}"


def rejects_line(rejetees: int, path: Path) -> str:
    """Say where the lines put aside are listed, or that there is none."""
    if rejetees:
        return f"Lignes rejetées, sans leurs valeurs : {path}"
    return f"Aucune ligne rejetée : {path} est vide."


def show_reading(errors: Console, tables: Tables) -> None:
    """Say on the error stream what was put aside, what deserves a look and which events were read."""
    lecture = tables.lecture
    rejected = lecture.lignes_lues - lecture.table.height
    if rejected:
        say(
            errors,
            f"{counted(rejected, 'ligne rejetée', 'lignes rejetées')} sur {nombre(lecture.lignes_lues)} :",
        )
    for problem in (*lecture.problemes, *lecture.avertissements):
        say(errors, str(problem), 1)


def show_mapping(console: Console, correspondance: Sequence[Correspondance], ignorees: Sequence[str]) -> None:
    """Print which title of a file became which column, and what nobody claims."""
    table = grid("Dans le fichier", "Colonne", "Pourquoi", right=9)
    for item in correspondance:
        table.add_row(item.entete, item.colonne, item.raison)
    console.print(table)
    if ignorees:
        say(console, f"Ignoré, aucune colonne ne correspond : {', '.join(ignorees)}")
    console.print()


def show_verdict(console: Console, made: Verification) -> None:
    """Print what was checked in a grid, its warnings, and the law that nobody has checked."""
    grille = made.grille
    counts = [
        counted(len(grille.criteres()), "critère"),
        counted(len(grille.systemes), "système"),
        counted(len(grille.exemples), "exemple"),
        _COMPLETUDES[grille.completude],
    ]
    state, style = ("à corriger", "bold red") if made.erreurs else ("valide", "bold green")
    say(console, f"{grille.version} : {state} · {' · '.join(counts)}", style=style)
    for problem in made.avertissements:
        say(console, f"à vérifier [{problem.code}] {problem.ou}", 1)
        say(console, f"{problem.constat} {problem.que_faire}", 2)
    if made.loi_non_verifiee:
        say(console, f"loi non vérifiée : {', '.join(made.loi_non_verifiee)}", 1)
        say(console, "Noter avec cette grille demande « --loi-non-verifiee » ; le résultat le dira.", 2)
    if made.loi_a_relire:
        day = date_longue(made.au)
        say(console, f"loi à relire pour le {day} : {', '.join(made.loi_a_relire)}", 1)
        say(console, f"Noter à partir du {day} demande « --loi-non-verifiee » tant que personne "
                     "ne l'a relue ; le résultat le dira.", 2)  # fmt: skip


def show_simulation(errors: Console, grille: Grille, au: dt.date, motifs: tuple[str, ...]) -> None:
    """Warn on the error stream that a grid is not the one that applies on a day."""
    from palier.engines.cotation.vigueur import avertir

    problem = avertir(grille, au, motifs)
    if problem is not None:
        say(errors, str(problem), style="bold yellow")


def show_scores(console: Console, made: Cotation) -> None:
    """Print what was scored, the states, what is missing most and the law that nobody has checked."""
    result, tables = made.result, made.tables
    say(console, f"{counted(result.table.height, 'demande')} · {made.grille.version} · "
                 f"au {date_longue(result.provenance.au)}")  # fmt: skip
    if made.program.reads_evenements:
        where = tables.evenements_de.name if tables.evenements_de else "aucun, ce qui en dépend est inconnu"
        say(console, f"Événements : {where}")
    states = result.table.select("etat", "motif_etat")
    for etat, count in states.group_by("etat").len().sort("etat").iter_rows():
        say(console, f"{word(f'etat.{etat}')} : {nombre(count)}", 1)
        rows = states.filter((states["etat"] == etat) & states["motif_etat"].is_not_null())
        for motif, part in (
            rows.group_by("motif_etat").len().sort("len", "motif_etat", descending=True).iter_rows()
        ):
            say(console, f"{motif_words(motif)} : {nombre(part)}", 2)
    if missing := most_missing(made):
        say(console, "Réponses qui manquent le plus : " + ", ".join(missing))
    if lacking := tables_that_lack(made):
        say(console, "Seuils absents de la loi ou de la grille : " + ", ".join(lacking), style="bold yellow")
    if unsure := result.provenance.non_verifie:
        say(console, f"Valeurs de loi non vérifiées : {', '.join(unsure)}", style="bold yellow")


def motif_words(motif: str) -> str:
    """Say why a request has no score, in the words of the house or in those of the grid."""
    return word(f"motif.{motif}") if has(f"motif.{motif}") else motif.replace("_", " ")


def most_missing(made: Cotation) -> list[str]:
    """Name the answers that most requests lack, with their counts."""
    found = [(nom, n) for nom, n in _counts(made) if ":" not in nom]
    return [f"{word(f'colonne.{nom}')} ({nombre(n)})" for nom, n in found[:_MANQUES]]


def tables_that_lack(made: Cotation) -> list[str]:
    """Name the tables that lack a threshold for some requests, with their counts."""
    return [f"{nom_de_table(code)} ({nombre(n)})" for code, n in _counts(made) if ":" in code]


def _counts(made: Cotation) -> list[tuple[str, int]]:
    """Count the requests that lack each thing, the most frequent first."""
    masks = made.result.table.group_by("manque").len()
    counts: dict[str, int] = {}
    for mask, n in masks.iter_rows():
        for nom in made.result.manque_of(mask):
            counts[nom] = counts.get(nom, 0) + n
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def show_explanation(console: Console, explanation: Explanation, langue: str) -> None:
    """Print an explanation tree with the same words as every door."""
    for line in render_tree(explanation, langue):
        say(console, line.titre, line.profondeur, style="bold")
        for _, text in line.textes:
            say(console, text, line.profondeur + 1)


def show_short(console: Console, explanation: Explanation, langue: str, tout: bool = False) -> None:
    """Print a tree without the criteria that gave nothing, and count them."""
    kept, dropped = (explanation, 0) if tout else prune(explanation)
    show_explanation(console, kept, langue)
    if dropped:
        say(
            console, word("cli.caches.un" if dropped == 1 else "cli.caches", langue).format(n=nombre(dropped))
        )
