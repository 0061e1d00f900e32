"""Options that commands share, each said once, and the words that they accept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from palier.base.mots import LANGUES
from palier.base.periods import parse_date
from palier.engines.cotation.catalogue import list_grilles
from palier.formats.chemins import check_extension, check_writable, usage

FORMATS = ("texte", "json")
TABLES = (".parquet", ".csv", ".xlsx")
IMAGES = (".png", ".svg")
DOCUMENTS = (".md", ".docx", ".pdf")


def read_date(text: str, option: str = "--au") -> dt.date:
    """Read a date.

    Raises
    ------
    UsageError
        USG-011 if it is not one.
    """
    try:
        return parse_date(text)
    except ValueError:
        raise usage("USG-011", option) from None


def read_today(text: str) -> dt.date:
    """Read a date, or the clock where none is given: only doors may, and they say so."""
    return read_date(text) if text else dt.datetime.now().astimezone().date()


def read_numero(text: str) -> str:
    """Read a number as people copy it: with spaces, in lower case."""
    return "".join(text.split()).upper()


def check_word(text: str, option: str, known: tuple[str, ...]) -> str:
    """Accept a word of a list.

    Raises
    ------
    UsageError
        USG-012 for another word.
    """
    if text not in known:
        raise usage("USG-012", option, f"Attendu : {', '.join(known)}.")
    return text


def check_format(text: str) -> str:
    """Accept ``texte`` or ``json``, else USG-012."""
    return check_word(text, "--format", FORMATS)


def check_langue(text: str) -> str:
    """Accept a language that has words, else USG-012."""
    return check_word(text, "--langue", LANGUES)


def check_sortie(path: Path, extensions: tuple[str, ...], *lus: Path | None) -> Path:
    """Refuse at once a file that could not be written at the end, or that the command reads.

    Raises
    ------
    UsageError
        USG-002 if it cannot be written or is also read, USG-003 for another extension.
    """
    check_extension(path, extensions)
    return check_writable(path, *lus)


Au = Annotated[str, typer.Option("--au", metavar="DATE", help="Date du calcul (AAAA-MM-JJ).")]
AuLoi = Annotated[
    str, typer.Option("--au", metavar="DATE", help="Date de la loi lue ; sans elle, celle de la grille.")
]
AuVerification = Annotated[
    str, typer.Option("--au", metavar="DATE", help="Date de la loi lue ; sans elle, celle des exemples.")
]
AuOuJour = Annotated[str, typer.Option("--au", metavar="DATE", help="Date lue ; sans elle, aujourd'hui.")]
Grille = Annotated[
    str,
    typer.Option(
        "--grille",
        metavar="GRILLE",
        help="Fichier YAML, ou nom d'une grille livrée (demo-ems).",
        autocompletion=lambda: list(list_grilles()),
    ),
]
Contre = Annotated[
    str,
    typer.Option(
        "--contre",
        metavar="GRILLE",
        help="La grille à comparer à la première.",
        autocompletion=lambda: list(list_grilles()),
    ),
]
SortieTable = Annotated[
    Path,
    typer.Option(
        "--sortie", readable=False, metavar="FICHIER", help="Table à écrire (.parquet, .csv ou .xlsx)."
    ),
]
NonVerifiee = Annotated[
    bool,
    typer.Option(
        "--loi-non-verifiee",
        help="Accepter une valeur de loi non vérifiée ou périmée ; le résultat le dit.",
    ),
]
BonnesLignes = Annotated[
    bool, typer.Option("--bonnes-lignes", help="Garder les bonnes lignes ; les autres sont listées à part.")
]
Format = Annotated[
    str,
    typer.Option("--format", metavar="FORMAT", help="texte ou json.", autocompletion=lambda: list(FORMATS)),
]
Langue = Annotated[
    str,
    typer.Option("--langue", metavar="LANGUE", help="fr ou en.", autocompletion=lambda: list(LANGUES)),
]
Graine = Annotated[
    int, typer.Option("--graine", metavar="N", help="Graine du tirage : même graine, même résultat.")
]
Taille = Annotated[
    float,
    typer.Option("--taille", metavar="PART", help="Part de la taille complète : 1, ou 0.02 pour un essai."),
]
Numero = Annotated[
    str, typer.Option("--numero", metavar="N", help="Numéro unique de la demande (18 caractères).")
]
Evenements = Annotated[
    Path | None,
    typer.Option(
        "--evenements",
        readable=False,
        metavar="FICHIER",
        help="Table des événements (propositions, refus…) ; sans elle, celle qui est à côté des demandes.",
    ),
]
Demandes = Annotated[
    Path,
    typer.Argument(
        readable=False, metavar="DEMANDES", help="Table des demandes (parquet, CSV, XLSX ou XML du SNE)."
    ),
]
