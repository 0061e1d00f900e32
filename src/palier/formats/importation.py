"""Import a file of any size into a checked parquet, in bounded memory."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl
from polars.io.plugins import register_io_source

from palier.base.errors import TableError
from palier.formats.anomalies import SCHEMA_REJETS, Anomalies
from palier.formats.chemins import (
    atomic,
    check_extension,
    check_readable,
    check_writable,
    draft,
    is_same_file,
    usage,
)
from palier.formats.lecture import LecteurTable, open_source
from palier.formats.modele import BilanImport, LignesRefusees
from palier.tables.registre import SchemaTable, schema

Progress = Callable[[int], None]


def rejets_path(sortie: Path) -> Path:
    """Name the file of the rejects that stands beside a table: ``t.rejets.csv`` for ``t.parquet``."""
    return sortie.parent / f"{sortie.stem}.rejets.csv"


class _Rejets:
    """The rejects file: line, column, code; mode 600; never a value."""

    def __init__(self, path: Path | None, stack: ExitStack) -> None:
        self.stream: BinaryIO | None = None
        if path is not None:
            partial = stack.enter_context(atomic(path, mode=0o600))
            self.stream = stack.enter_context(partial.open("wb"))
            self.stream.write(";".join(SCHEMA_REJETS).encode() + b"\n")

    def __call__(self, frame: pl.DataFrame) -> None:
        if self.stream is not None:
            frame.write_csv(self.stream, separator=";", include_header=False)


def import_table(
    source: Path | str,
    sortie: Path | str,
    table: str = "demandes",
    *,
    au: dt.date,
    bonnes_lignes: bool = False,
    rejets: Path | str | None = None,
    progress: Progress | None = None,
) -> BilanImport:
    """Read, check and write as parquet, batch by batch.

    Nothing appears under ``sortie`` before the whole file has been checked and
    written. Children of an XML file stand beside it: ``<name>.personnes.parquet``,
    ``<name>.ressources.parquet``.

    Parameters
    ----------
    source : path
        CSV, TSV, XLSX, parquet or XML.
    sortie : path
        A ``.parquet``, other than the source.
    table : str
        Name of a table of the registry.
    au : date
        Date of the work.
    bonnes_lignes : bool
        Write the good lines of a file that has bad ones.
    rejets : path, optional
        CSV of rejects (line, column, code), mode 600, written in every case
        where the file could be read. By default, with ``bonnes_lignes``,
        :func:`rejets_path` beside the table, and with it or not at all.
    progress : callable, optional
        Called after each batch with the lines read so far.

    Returns
    -------
    BilanImport

    Raises
    ------
    UsageError
        USG-001, USG-002, USG-003.
    TableError
        Every problem of the file; nothing is then written but the rejects. It
        is a :class:`~palier.formats.LignesRefusees` if good lines could be kept.
    """
    found = check_readable(source)
    target = check_writable(sortie, found)
    check_extension(target, (".parquet",))
    beside = rejets_path(target) if bonnes_lignes else None
    refused = beside if rejets is None else Path(rejets)
    if refused is not None:
        if is_same_file(check_writable(refused, found), target):
            raise usage("USG-002", refused, "Le fichier des rejets est aussi la sortie.")
        check_extension(refused, (".csv",))
    failure: TableError | None = None
    made: BilanImport | None = None
    with ExitStack() as outer:
        anomalies = Anomalies(found.name, _Rejets(refused, outer))
        try:
            made = _import(found, target, schema(table), au, bonnes_lignes, anomalies, progress)
        except TableError as error:
            if rejets is None:
                raise
            failure = error
    if made is None:
        raise failure or AssertionError("ni bilan ni refus")
    return replace(made, rejets=refused)


def _import(
    found: Path,
    target: Path,
    table: SchemaTable,
    au: dt.date,
    bonnes_lignes: bool,
    anomalies: Anomalies,
    progress: Progress | None,
) -> BilanImport:
    reader = LecteurTable(open_source(found, table, au, anomalies), table, au, anomalies)
    written = 0

    def is_refused() -> bool:
        return bool(anomalies.fatals) or (anomalies.a_refuser and not bonnes_lignes)

    def good_rows() -> Iterator[pl.DataFrame]:
        nonlocal written
        for frame, _ in reader.lots(progress):
            if not is_refused():
                written += frame.height
                yield frame

    with ExitStack() as stack:
        partial = stack.enter_context(atomic(target))
        _sink(good_rows, partial, table)
        doubled = reader.report_doubles()
        if is_refused():
            raise (TableError if anomalies.fatals else LignesRefusees)(anomalies.problemes())
        if doubled.len():
            written = _drop_doubles(partial, target.parent, reader, doubled)
        enfants = _write_children(partial, target, reader, stack)
    return BilanImport(
        sortie=target,
        lignes_lues=reader.lignes_lues,
        lignes_ecrites=written,
        lignes_rejetees=reader.lignes_lues - written,
        correspondance=reader.titres.correspondance,
        ignorees=reader.ignorees,
        problemes=anomalies.problemes(),
        avertissements=anomalies.avertissements(),
        enfants=enfants,
    )


def _write_children(partial: Path, target: Path, reader: LecteurTable, stack: ExitStack) -> dict[str, Path]:
    """Write the child tables; they take their names just before the main file."""
    if not reader.has_children:
        return {}
    kept = pl.scan_parquet(partial, glob=False).select("numero_unique").collect()
    enfants = {}
    for nom, frame in reader.enfants(kept).items():
        enfants[nom] = target.with_suffix(f".{nom}.parquet")
        frame.write_parquet(stack.enter_context(atomic(enfants[nom])), metadata={"palier.table": nom})
    return enfants


def _sink(rows: Callable[[], Iterator[pl.DataFrame]], partial: Path, table: SchemaTable) -> None:
    def scan(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        del with_columns, predicate, n_rows, batch_size
        return rows()

    plan = register_io_source(scan, schema=pl.Schema(table.polars))
    plan.sink_parquet(partial, metadata={"palier.table": table.nom}, statistics=False, compression_level=1)


def _drop_doubles(partial: Path, folder: Path, reader: LecteurTable, doubled: pl.Series) -> int:
    """Write the file again without the keys used twice; return the rows kept."""
    kept = 0

    def good_rows() -> Iterator[pl.DataFrame]:
        nonlocal kept
        for frame in pl.scan_parquet(partial, glob=False).collect_batches(maintain_order=True):
            good = frame.filter(reader.doublons.keep(frame, doubled))
            kept += good.height
            yield good

    with draft(folder) as again:
        _sink(good_rows, again, reader.table)
        shutil.copyfile(again, partial)
    return kept
