"""Read a table row by row for rules that judge whole rows: bad cells are null, nothing is dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier.base.errors import Problem, TableError
from palier.formats.anomalies import Anomalies
from palier.formats.chemins import LECTURE, check_extension, check_readable
from palier.formats.json_lot import SourceJson, open_json, source_of_objects
from palier.formats.lecture import LecteurTable, open_source
from palier.formats.modele import Correspondance
from palier.formats.source import Source
from palier.tables.registre import SchemaTable, schema


@dataclass(frozen=True)
class LectureLignes:
    """A table as read, good rows and bad.

    Parameters
    ----------
    table : polars.DataFrame
        All columns of the schema, one row per line of data that is a row; a cell at
        fault is null. Keys used twice are left to the caller.
    lignes : polars.Series of Int64
        Line of each row in the file; rank of the object in a JSON lot.
    mauvaises : polars.Series of Boolean
        Rows with a fault that refuses them.
    lignes_lues : int
        Lines of data, rows or not.
    problemes, avertissements : list of Problem
        Grouped by code and column.
    fichier_refuse : bool
        The whole file is at fault: what could be read serves only to tell more.
    rejets : polars.DataFrame
        ``ligne``, ``colonne``, ``code``.
    entetes : dict of str to str
        Column to its title in the file.
    correspondance : list of Correspondance
        Titles used.
    ignorees : list of str
        Titles that no column claims.
    origine, mot : str
        Name of the file, and what a row is called, in messages.
    """

    table: pl.DataFrame
    lignes: pl.Series
    mauvaises: pl.Series
    lignes_lues: int
    problemes: list[Problem]
    avertissements: list[Problem]
    fichier_refuse: bool
    rejets: pl.DataFrame
    entetes: dict[str, str]
    correspondance: list[Correspondance]
    ignorees: list[str]
    origine: str
    mot: str


def read_lignes(path: Path | str, table: str, *, au: dt.date) -> LectureLignes:
    """Read every row of a file: CSV, TSV, XLSX, parquet or JSON.

    Parameters
    ----------
    path : path
        File; its format follows from its name, checked against its content.
    table : str
        Name of a table of the registry.
    au : date
        Date of the work.

    Returns
    -------
    LectureLignes
        Whatever the file holds: its faults are in ``problemes``.

    Raises
    ------
    UsageError
        USG-001, USG-003.
    """
    found, target = check_readable(path), schema(table)
    anomalies = Anomalies(found.name)
    source: Source | None
    if check_extension(found, (*LECTURE, ".json")) == ".json":
        source = open_json(found, table, anomalies)
    else:
        try:
            source = open_source(found, target, au, anomalies)
        except TableError:
            source = None
    return _read(source, target, au, anomalies)


def read_objets(
    objets: Sequence[Mapping[str, object]], table: str, *, au: dt.date, origine: str = ""
) -> LectureLignes:
    """Read rows that somebody has parsed already: the JSON body of a request."""
    anomalies = Anomalies(origine)
    anomalies.mot = "élément"
    source: SourceJson | None = source_of_objects(objets)
    if not objets:
        anomalies.refuse_fichier("FMT-009")
        source = None
    return _read(source, schema(table), au, anomalies)


def _read(source: Source | None, target: SchemaTable, au: dt.date, anomalies: Anomalies) -> LectureLignes:
    reader = LecteurTable(source, target, au, anomalies) if source is not None else None
    parts = list(reader.toutes()) if reader is not None else []
    empty = (
        pl.DataFrame(schema=target.polars),
        pl.Series([], dtype=pl.Int64),
        pl.Series([], dtype=pl.Boolean),
    )
    kept = [empty, *parts]
    return LectureLignes(
        table=pl.concat([rows for rows, _, _ in kept]),
        lignes=pl.concat([lines for _, lines, _ in kept]),
        mauvaises=pl.concat([bad for _, _, bad in kept]),
        lignes_lues=reader.lignes_lues if reader is not None else 0,
        problemes=anomalies.problemes(),
        avertissements=anomalies.avertissements(),
        fichier_refuse=bool(anomalies.fatals),
        rejets=anomalies.rejets(),
        entetes={nom: champ.entete for nom, champ in reader.champs.items()} if reader is not None else {},
        correspondance=reader.titres.correspondance if reader is not None else [],
        ignorees=reader.ignorees if reader is not None else [],
        origine=anomalies.origine,
        mot=anomalies.mot,
    )
