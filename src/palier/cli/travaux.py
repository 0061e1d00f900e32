"""What several commands do: load a grid, a law and tables, and score them.

Plain functions without a terminal; the commands only parse and print.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from palier import __version__, law
from palier.base.errors import LoiError, Problem, RuleFileError, TableError
from palier.base.provenance import sha256_text
from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.checks import check_grille, check_lue, require_valid
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.compiler import Program, compile_grille
from palier.engines.cotation.model import Grille, parse_grille, scan_grille
from palier.engines.cotation.run import ScoreResult, score
from palier.formats import LectureTable, file_sha256, read_table, read_text
from palier.law import LoiAu


@dataclass(frozen=True)
class Tables:
    """Input of a score: requests, their events, and the digest of the files."""

    lecture: LectureTable
    evenements: pl.DataFrame | None
    evenements_de: Path | None
    sha256: str
    bonnes_lignes: bool = False

    @property
    def demandes(self) -> pl.DataFrame:
        """One row per request."""
        return self.lecture.table


@dataclass(frozen=True)
class Cotation:
    """A scored stock: requests, grid, result and queues."""

    tables: Tables
    program: Program
    result: ScoreResult
    files: pl.DataFrame

    @property
    def grille(self) -> Grille:
        """The grid that scored."""
        return self.program.grille


def load_text(nom: str) -> tuple[str, str]:
    """Return the text of a shipped grid or of a file, and its name.

    Raises
    ------
    RuleFileError
        COT-062 for a bare name that no shipped grid has; near names are proposed.
    UsageError
        USG-001, USG-004 for a file.
    """
    path = grille_file(nom)
    return (read_grille(nom), f"{nom}.yaml") if path is None else (read_text(nom), path.name)


def grille_file(nom: str) -> Path | None:
    """Return the file that holds a grid, None for a shipped one."""
    path = Path(nom)
    shipped = nom in list_grilles() or (not path.suffix and len(path.parts) == 1 and not path.exists())
    return None if shipped else path


def load_grille(nom: str, loi: LoiAu | None = None) -> Grille:
    """Read a grid and refuse a wrong one, all its problems at once."""
    grille = _parsed(*load_text(nom))
    require_valid(grille, loi)
    return grille


@lru_cache(maxsize=4)
def _parsed(texte: str, origine: str) -> Grille:
    """Parse a grid once: a command refuses a wrong one before it reads the tables, then scores with it."""
    return _read(texte, origine, None)


def _read(texte: str, origine: str, au: dt.date | None) -> Grille:
    """Read a grid; where its form is wrong, say with it what is surely wrong in its sense."""
    lue = scan_grille(texte, origine)
    if lue.grille is None or lue.problemes:
        raise RuleFileError(check_lue(lue, _known_law(lue.grille, au)))
    return lue.grille


def _day(grille: Grille, au: dt.date | None) -> dt.date:
    """Choose the date of the law that a grid is checked against."""
    return au or max([grille.du, *(exemple.au for exemple in grille.exemples)])


def _known_law(grille: Grille | None, au: dt.date | None) -> LoiAu | None:
    """Return the law at the date of a grid that holds faults, None if that date has none."""
    if grille is None:
        return None
    try:
        return law.at(_day(grille, au), non_verifie=True)
    except LoiError:
        return None


def other_versions(nom: str, grille: Grille) -> tuple[Grille, ...]:
    """Read the shipped grids that say that they replace a shipped one."""
    if grille_file(nom) is not None:
        return ()
    asked = f"remplace: {grille.du.isoformat()}"
    texts = ((autre, read_grille(autre)) for autre in list_grilles() if autre != nom)
    return tuple(parse_grille(texte, f"{autre}.yaml") for autre, texte in texts if asked in texte)


@dataclass(frozen=True)
class Verification:
    """What a check found in a grid that could be read."""

    grille: Grille
    erreurs: tuple[Problem, ...]
    avertissements: tuple[Problem, ...]
    loi_non_verifiee: tuple[str, ...]
    loi_a_relire: tuple[str, ...]
    au: dt.date


def verify_grille(texte: str, origine: str, au: dt.date | None) -> Verification:
    """Check a grid: form, sense, then its own examples if it has sense.

    Parameters
    ----------
    texte, origine : str
        Text and name.
    au : date, optional
        Date of the law; by default the day of the last example, or the first day of the grid.

    Raises
    ------
    RuleFileError
        If the form is wrong: every problem of the form, and those of the sense that are sure all the same.
    LoiError
        If a legal value that it reads is unknown at the date.
    """
    from palier.engines.cotation.examples import run_examples
    from palier.engines.cotation.reference import prepare

    grille = _read(texte, origine, au)
    date = _day(grille, au)
    loi = law.at(date, non_verifie=True)
    verdict = check_grille(grille, loi)
    if verdict.erreurs:
        return Verification(grille, tuple(verdict.erreurs), tuple(verdict.avertissements), (), (), date)
    lues = sorted(prepare(grille, loi).droit.valeurs.values(), key=lambda valeur: valeur.id)
    unsure = tuple(valeur.id for valeur in lues if not valeur.verifie and not valeur.perime)
    stale = tuple(valeur.id for valeur in lues if valeur.perime)
    examples = run_examples(grille, loi)
    return Verification(grille, examples, tuple(verdict.avertissements), unsure, stale, date)


def beside(demandes: Path) -> Path | None:
    """Find the events that stand beside the requests.

    ``x.evenements.parquet`` beside ``x.parquet``, or ``evenements.parquet``
    beside ``demandes.parquet``, as Palier itself writes them.
    """
    names = [f"{demandes.stem}.evenements.parquet"]
    if demandes.stem == "demandes":
        names.append("evenements.parquet")
    return next((path for name in names if (path := demandes.parent / name).is_file()), None)


def read_paths(demandes: Path, evenements: Path | None, *grilles: str) -> list[Path | None]:
    """List all files that a command reads, the events found beside the requests included."""
    return [demandes, evenements or beside(demandes), *map(grille_file, grilles)]


def load_tables(demandes: Path, evenements: Path | None, au: dt.date, bonnes_lignes: bool = False) -> Tables:
    """Read requests, and the events given or found beside them."""
    lecture = read_table(demandes, "demandes", au=au, bonnes_lignes=bonnes_lignes)
    path = evenements or beside(demandes)
    if path is None:
        return Tables(lecture, None, None, file_sha256(demandes), bonnes_lignes)
    digest = sha256_text(f"{file_sha256(demandes)}\n{file_sha256(path)}\n")
    return Tables(lecture, read_table(path, "evenements", au=au).table, path, digest, bonnes_lignes)


def score_tables(tables: Tables, nom: str, au: dt.date, non_verifiee: bool) -> Cotation:
    """Check a grid, compile it, score and rank."""
    loi = law.at(au, non_verifie=non_verifiee)
    grille = load_grille(nom, loi)
    program = compile_grille(grille, loi)
    known = other_versions(nom, grille)
    result = score(
        tables.demandes,
        program,
        au=au,
        evenements=tables.evenements,
        donnees_sha256=tables.sha256,
        version=__version__,
        connues=known,
    )
    return Cotation(tables, program, result, rank_demandes(result.table, tables.demandes, grille))


def find_row(tables: Tables, numero: str) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """Return one request and its events as plain rows.

    Raises
    ------
    TableError
        COT-082 if no request has this number.
    """
    rows = tables.demandes.filter(pl.col("numero_unique") == numero).to_dicts()
    if not rows:
        raise TableError(
            Problem(
                "COT-082",
                "--numero",
                "Aucune demande ne porte ce numéro dans le fichier.",
                "Vérifiez les 18 caractères.",
            )
        )
    if tables.evenements is None:
        return rows[0], None
    return rows[0], tables.evenements.filter(pl.col("numero_unique") == numero).to_dicts()
