"""What a reading gives: the table, the mapping of its titles, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from palier.base.errors import Problem, TableError


class LignesRefusees(TableError):
    """Only some lines are at fault: the others can be kept, if the person asks for it."""


@dataclass(frozen=True, slots=True)
class Correspondance:
    """One title of the file and the column that it became.

    Parameters
    ----------
    entete : str
        Title as written in the file.
    colonne : str
        Name in the column registry.
    raison : str
        Why, in French: exact name, label or synonym, and the unit read.
    """

    entete: str
    colonne: str
    raison: str


@dataclass(frozen=True)
class LectureTable:
    """A table read from a file.

    Parameters
    ----------
    table : polars.DataFrame
        All columns of the schema in its order, null where the file says nothing;
        one row per good line, in the order of the file.
    correspondance : list of Correspondance
        Titles used, in the order of the file.
    ignorees : list of str
        Titles that no column claims.
    problemes : list of Problem
        One per (code, column), with its first lines and the whole count. Empty
        unless ``bonnes_lignes`` was asked.
    rejets : polars.DataFrame
        ``ligne``, ``colonne``, ``code``: one row per fault, never a value.
    lignes_lues : int
        Lines of data read, good or not.
    enfants : dict of str to polars.DataFrame
        Child tables (``personnes``, ``ressources``) of an XML file.
    avertissements : list of Problem
        What deserves a look but refuses nothing.
    """

    table: pl.DataFrame
    correspondance: list[Correspondance]
    ignorees: list[str]
    problemes: list[Problem]
    rejets: pl.DataFrame
    lignes_lues: int
    enfants: dict[str, pl.DataFrame] = field(default_factory=dict)
    avertissements: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class BilanImport:
    """What an import did.

    Parameters
    ----------
    sortie : Path
        Parquet file written.
    lignes_lues, lignes_ecrites, lignes_rejetees : int
        Lines of data; the last two add up to the first.
    correspondance, ignorees
        As in :class:`LectureTable`.
    problemes, avertissements : list of Problem
        As in :class:`LectureTable`.
    enfants : dict of str to Path
        Files of the child tables.
    rejets : Path, optional
        Rejects file written, if any.
    """

    sortie: Path
    lignes_lues: int
    lignes_ecrites: int
    lignes_rejetees: int
    correspondance: list[Correspondance]
    ignorees: list[str]
    problemes: list[Problem]
    avertissements: list[Problem]
    enfants: dict[str, Path] = field(default_factory=dict)
    rejets: Path | None = None
