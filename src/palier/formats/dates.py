"""Dates and instants as people write them."""

from __future__ import annotations

import polars as pl

_ISO = r"^\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?$"
_FRENCH = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}([ T]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?)?$"
_SHORT_YEAR = r"^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}$"
_SERIAL = r"^\d{4,6}([.,]\d+)?$"
_PLAIN_INSTANT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?$"
_INSTANT = "%Y-%m-%d %H:%M:%S%.f"


def plain_dates(brut: pl.Series) -> pl.Series:
    """Read the cells written in the plainest way: ``2018-03-15``, ``15/03/2018``; null for all others."""
    first = brut.drop_nulls().head(1)
    french = pl.when(brut.str.len_bytes() == 10).then(brut).str.to_date("%d/%m/%Y", strict=False)
    if first.len() and "/" in first[0]:
        return pl.select(french).to_series()
    return brut.str.to_date("%Y-%m-%d", strict=False)


def plain_instants(brut: pl.Series) -> pl.Series:
    """Read the cells written ``2018-03-15 09:30:00``, with or without microseconds; null for all others."""
    plain = pl.when(brut.str.contains(_PLAIN_INSTANT)).then(brut)
    return pl.select(plain.str.to_datetime(_INSTANT, strict=False, time_unit="us")).to_series()


def _day() -> pl.Expr:
    """First word of an ISO or French date, with one kind of separator."""
    day = pl.col("t").str.extract(r"^([\d/.-]+)").str.replace_all(r"[/.]", "-")
    iso = pl.when(pl.col("t").str.contains(_ISO)).then(day).str.to_date("%Y-%m-%d", strict=False)
    french = pl.when(pl.col("t").str.contains(_FRENCH)).then(day).str.to_date("%d-%m-%Y", strict=False)
    return iso.fill_null(french)


def parse_dates(textes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Read dates: ``2018-03-15``, ``15/03/2018``, with or without a time, which is dropped.

    Returns
    -------
    values : polars.Series of Date
        Null where there is a fault.
    faults : polars.Series of String
        TAB-030, 031, 032, or null.
    """
    fault = (
        pl.when(pl.col("v").is_not_null()).then(pl.lit(None, dtype=pl.String))
        .when(pl.col("t").str.contains(_SHORT_YEAR)).then(pl.lit("TAB-031"))
        .when(pl.col("t").str.contains(_SERIAL)).then(pl.lit("TAB-032"))
        .otherwise(pl.lit("TAB-030"))
    )  # fmt: skip
    frame = pl.DataFrame({"t": textes}).with_columns(_day().alias("v")).with_columns(fault.alias("f"))
    return frame["v"], frame["f"]


def parse_instants(textes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Read instants: a date, then ``hh:mm`` or ``hh:mm:ss``, without a time zone.

    Returns
    -------
    values : polars.Series of Datetime
        Microseconds, naive; null where there is a fault.
    faults : polars.Series of String
        TAB-035, or null.
    """
    clock = pl.col("t").str.extract(r"[ T](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)$")
    full = pl.when(clock.str.count_matches(":", literal=True) == 1).then(clock + ":00").otherwise(clock)
    frame = pl.DataFrame({"t": textes}).select(
        _day().dt.to_string("%Y-%m-%d").alias("d"), full.str.replace(",", ".", literal=True).alias("h")
    )
    instant = pl.col("d") + " " + pl.col("h").fill_null("00:00:00")
    values = frame.select(instant.str.to_datetime(_INSTANT, strict=False, time_unit="us"))
    series = values.to_series()
    faults = pl.select(pl.when(series.is_null()).then(pl.lit("TAB-035"))).to_series()
    return series, faults
