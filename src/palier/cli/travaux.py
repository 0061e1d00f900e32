"""What several commands do: load a grid, a law and tables, and score them.

Plain functions without a terminal; the commands only parse and print.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier import __version__, law
from palier.base.errors import Problem, TableError
from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.checks import require_valid
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.compiler import Program, compile_grille
from palier.engines.cotation.model import Grille, parse_grille
from palier.engines.cotation.run import ScoreResult, score
from palier.formats import read_table, read_text
from palier.law import LoiAu


@dataclass(frozen=True)
class Tables:
    """Input of a score: requests, their events, and the digest of the file."""

    demandes: pl.DataFrame
    evenements: pl.DataFrame | None
    sha256: str


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
    """Return the text of a shipped grid or of a file, and its name."""
    if nom in list_grilles():
        return read_grille(nom), f"{nom}.yaml"
    return read_text(nom), Path(nom).name


def load_grille(nom: str, loi: LoiAu | None = None) -> Grille:
    """Read a grid and refuse a wrong one, all its problems at once."""
    texte, origine = load_text(nom)
    grille = parse_grille(texte, origine)
    require_valid(grille, loi)
    return grille


def file_sha256(path: Path) -> str:
    """Digest of a file, in constant memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def load_tables(demandes: Path, evenements: Path | None, au: dt.date, bonnes_lignes: bool = False) -> Tables:
    """Read requests and events; events beside the file are found by their name."""
    frame = read_table(demandes, "demandes", au=au, bonnes_lignes=bonnes_lignes).table
    beside = demandes.with_name(f"{demandes.stem}.evenements.parquet")
    path = evenements or (beside if beside.exists() else None)
    found = read_table(path, "evenements", au=au).table if path is not None else None
    return Tables(frame, found, file_sha256(demandes))


def score_tables(tables: Tables, nom: str, au: dt.date, non_verifiee: bool) -> Cotation:
    """Check a grid, compile it, score and rank."""
    loi = law.at(au, non_verifie=non_verifiee)
    grille = load_grille(nom, loi)
    program = compile_grille(grille, loi)
    result = score(
        tables.demandes,
        program,
        au=au,
        evenements=tables.evenements,
        donnees_sha256=tables.sha256,
        version=__version__,
    )
    return Cotation(tables, program, result, rank_demandes(result.table, tables.demandes, grille))


def find_row(tables: Tables, numero: str) -> tuple[dict[str, object], list[dict[str, object]] | None]:
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
