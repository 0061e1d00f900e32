"""Options that commands share, each said once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from palier.base.errors import Problem, UsageError
from palier.base.periods import parse_date


def read_date(text: str) -> dt.date:
    """Read the date of ``--au``.

    Raises
    ------
    UsageError
        USG-011 if it is not a date.
    """
    try:
        return parse_date(text)
    except ValueError:
        raise UsageError(
            Problem(
                "USG-011", "--au", "Cette date est illisible.", "Écrivez AAAA-MM-JJ, par exemple 2026-11-24."
            )
        ) from None


Au = Annotated[str, typer.Option("--au", metavar="DATE", help="Date du calcul (AAAA-MM-JJ).")]
Grille = Annotated[
    str,
    typer.Option("--grille", metavar="GRILLE", help="Fichier YAML, ou nom d'une grille livrée (demo-ems)."),
]
Sortie = Annotated[
    Path | None,
    typer.Option("--sortie", metavar="FICHIER", help="Fichier à écrire (.parquet, .csv ou .xlsx)."),
]
SortieRequise = Annotated[Path, typer.Option("--sortie", metavar="FICHIER", help="Fichier à écrire.")]
NonVerifiee = Annotated[
    bool,
    typer.Option(
        "--loi-non-verifiee",
        help="Accepter une valeur de loi non vérifiée ou périmée ; le résultat le dit.",
    ),
]
BonnesLignes = Annotated[
    bool, typer.Option("--bonnes-lignes", help="Garder les bonnes lignes et rejeter les autres.")
]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="texte ou json.")]
Graine = Annotated[
    int, typer.Option("--graine", metavar="N", help="Graine du tirage : même graine, même résultat.")
]
Evenements = Annotated[
    Path | None,
    typer.Option("--evenements", metavar="FICHIER", help="Table des événements (propositions, refus…)."),
]
Demandes = Annotated[
    Path, typer.Argument(metavar="DEMANDES", help="Table des demandes (parquet, CSV, XLSX ou XML).")
]


def check_format(text: str) -> str:
    """Accept ``texte`` or ``json``.

    Raises
    ------
    UsageError
        USG-012 for another word.
    """
    if text not in ("texte", "json"):
        raise UsageError(
            Problem("USG-012", "--format", f"« {text} » n'est pas admis.", "Choisissez texte ou json.")
        )
    return text
