"""Write tables: parquet, CSV, XLSX; all or nothing, and no cell that starts a formula."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from palier.base.errors import TableError
from palier.formats.catalogue import probleme
from palier.formats.chemins import ECRITURE, atomic, check_extension, check_readable, check_writable, usage
from palier.formats.classeur_ecrit import write_sheet
from palier.tables.registre import all_colonnes

MAX_LIGNES_XLSX = 1_048_575
_FORMULA = r"^'*[=+\-@\t\r]"


def guard(expr: pl.Expr) -> pl.Expr:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    A text that already starts with apostrophes then such a sign gets one more,
    so that :func:`read_table` gives back exactly what was written.
    """
    return pl.when(expr.str.contains(_FORMULA)).then(pl.lit("'") + expr).otherwise(expr)


def _guard_title(title: str) -> str:
    return pl.select(guard(pl.lit(title))).item()  # type: ignore[no-any-return]


def to_text_cells(df: pl.DataFrame) -> pl.DataFrame:
    """Turn a table into what a CSV or a sheet holds: codes, oui/non, guarded texts, plain numbers.

    Parameters
    ----------
    df : polars.DataFrame
        Any table; columns of the registry are written in their own form (a set
        of codes as ``a|b``, an empty one as ``aucun``).

    Returns
    -------
    polars.DataFrame
        Of texts, numbers and dates only.
    """
    registry = all_colonnes()
    made: list[pl.Expr | pl.Series] = []
    for name, kind in df.schema.items():
        column, known = pl.col(name), registry.get(name)
        if known is not None and known.type == "ensemble" and kind.is_integer():
            made.append(_codes(df[name], list(known.codes)))
        elif kind == pl.Boolean():
            made.append(pl.when(column).then(pl.lit("oui")).when(~column).then(pl.lit("non")).alias(name))
        elif isinstance(kind, pl.List):
            made.append(guard(column.cast(pl.List(pl.String)).list.join("|")).alias(name))
        elif isinstance(kind, pl.Datetime):
            made.append(column.dt.to_string("%Y-%m-%d %H:%M:%S%.6f").alias(name))
        elif kind.is_numeric() or kind == pl.Date():
            made.append(column)
        else:
            made.append(guard(column.cast(pl.String)).alias(name))
    return df.select(made).rename(_guard_title)


def _codes(masks: pl.Series, codes: list[str]) -> pl.Series:
    bits = [pl.when(pl.col("m") & (1 << place) != 0).then(pl.lit(code)) for place, code in enumerate(codes)]
    distinct = masks.unique().to_frame("m").with_columns(pl.col("m").cast(pl.UInt64))
    several = pl.concat_list(bits).list.drop_nulls().list.join("|")
    named = pl.when(pl.col("m") == 0).then(pl.lit("aucun")).when(pl.col("m") > 0).then(several)
    written = distinct.select("m", named.alias("t"))
    joined = masks.cast(pl.UInt64).to_frame("m").join(written, on="m", how="left", maintain_order="left")
    return joined["t"].alias(masks.name)


@dataclass(frozen=True)
class Sortie:
    """A table to write: rows, where, and its name in the registry if it has one.

    Rejects are ``prive``: read by their owner only (mode 600), as plain text
    without the mark that spreadsheets look for.
    """

    df: pl.DataFrame
    path: Path | str
    table: str | None = None
    prive: bool = False


def write_table(
    df: pl.DataFrame, path: Path | str, *, table: str | None = None, metadata: dict[str, str] | None = None
) -> None:
    """Write a table in the format that its name announces.

    The file is made without a name in the same folder, flushed, then named: an
    interrupted command leaves nothing under the final name.

    Parameters
    ----------
    df : polars.DataFrame
        Rows to write.
    path : path
        ``.parquet``, ``.csv`` (UTF-8 with mark, semicolons) or ``.xlsx``.
    table : str, optional
        Name of the table, kept in parquet metadata and as the name of the sheet.
    metadata : dict of str to str, optional
        Kept in parquet only.

    Raises
    ------
    UsageError
        USG-002, USG-003.
    """
    write_tables([Sortie(df, path, table)], metadata=metadata)


def write_tables(sorties: Sequence[Sortie], *, metadata: dict[str, str] | None = None) -> None:
    """Write several tables: no name is taken before all of them are whole.

    Parameters
    ----------
    sorties : sequence of Sortie
        As for :func:`write_table`.
    metadata : dict of str to str, optional
        Kept in each parquet.

    Raises
    ------
    UsageError
        USG-002, USG-003.
    """
    for sortie in sorties:
        suffix = check_extension(check_writable(sortie.path), ECRITURE)
        if suffix == ".xlsx" and sortie.df.height > MAX_LIGNES_XLSX:
            detail = "Un classeur ne tient pas plus de 1 048 575 lignes : écrivez en .csv."
            raise usage("USG-002", sortie.path, detail)
    with ExitStack() as stack:
        for sortie in sorties:
            mode = 0o600 if sortie.prive else 0o666
            _write(sortie, stack.enter_context(atomic(sortie.path, mode)), metadata or {})


def _write(sortie: Sortie, partial: Path, metadata: dict[str, str]) -> None:
    suffix = Path(sortie.path).suffix.lower()
    if suffix == ".parquet":
        kept = {"palier.table": sortie.table} if sortie.table else {}
        sortie.df.write_parquet(partial, metadata=kept | metadata, statistics=False, compression_level=1)
    elif suffix == ".csv":
        to_text_cells(sortie.df).write_csv(partial, separator=";", include_bom=not sortie.prive)
    else:
        write_sheet(to_text_cells(sortie.df), partial, sortie.table or "table")


def read_written(path: Path | str) -> pl.DataFrame:
    """Read back a parquet that :func:`write_table` wrote, as it is, without checking it.

    Raises
    ------
    UsageError
        USG-001.
    TableError
        FMT-012.
    """
    found = check_readable(path)
    try:
        return pl.read_parquet(found, glob=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError(probleme("FMT-012", found.name)) from error


def read_parquet_metadata(path: Path | str) -> dict[str, str]:
    """Return what :func:`write_table` kept beside the rows.

    Raises
    ------
    UsageError
        USG-001.
    TableError
        FMT-012.
    """
    found = check_readable(path)
    try:
        kept = pl.read_parquet_metadata(found)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise TableError(probleme("FMT-012", found.name)) from error
    return {key: value for key, value in kept.items() if key != "ARROW:schema"}
