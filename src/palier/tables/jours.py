"""Dates by lookup: complete months since a day, as one gather.

The number of complete months up to a date depends on the day alone, so it is
read in a table of all days from 1880 to 2120 instead of taking each date apart:
some 25 times less work, and the same answer as :mod:`palier.base.periods`.
"""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache

import polars as pl

from palier.base.periods import add_months, is_last_day_of_month

PREMIER = dt.date(1880, 1, 1)
DERNIER = dt.date(2120, 12, 31)
_EPOCH = dt.date(1970, 1, 1)
_OFFSET = (PREMIER - _EPOCH).days
_SIZE = (DERNIER - PREMIER).days + 1


@lru_cache(maxsize=1)
def _parts() -> pl.DataFrame:
    """All days with month index, day number and end-of-month flag."""
    days = pl.select(pl.date_range(PREMIER, DERNIER).alias("jour"))
    jour = pl.col("jour")
    return days.select(
        mois=(jour.dt.year().cast(pl.Int32) * 12 + jour.dt.month().cast(pl.Int32)).cast(pl.Int16),
        quantieme=jour.dt.day(),
        dernier=(jour.dt.month_end() == jour),
    )


def _index(colonne: pl.Expr, inside: bool = False) -> pl.Expr:
    """Place of each day in the tables; days outside them go to their ends, null to the first.

    ``inside`` says that no known day is outside.
    """
    offset = colonne.to_physical() - pl.lit(_OFFSET, dtype=pl.Int32)
    if inside:
        return offset.fill_null(0)
    top = pl.lit(_SIZE - 1, dtype=pl.Int32)
    low = pl.when(offset < top).then(offset).otherwise(top)
    return pl.when(low > 0).then(low).otherwise(pl.lit(0, dtype=pl.Int32))


@lru_cache(maxsize=1)
def _lengths() -> tuple[int, ...]:
    """Days of each month of the tables."""
    found: list[int] = []
    for year in range(PREMIER.year, DERNIER.year + 1):
        found += (31, 29 if calendar.isleap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return tuple(found)


def _by_month(au: dt.date, early: int, more: int) -> pl.Series:
    """Months from the month of each day to that of ``au``.

    The ``early`` first days of a month get ``more``, the others ``more - 1``.
    """
    values: list[int] = []
    days: list[int] = []
    months = 12 * (au.year - PREMIER.year) + au.month - PREMIER.month + more
    for index, length in enumerate(_lengths()):
        first = min(early, length)
        if first:
            values.append(months - index)
            days.append(first)
        if first < length:
            values.append(months - index - 1)
            days.append(length - first)
    runs = pl.lit(pl.Series("mois", values, dtype=pl.Int16)).repeat_by(pl.lit(pl.Series(days)))
    return pl.select(runs.explode()).to_series()


@lru_cache(maxsize=64)
def months_table(au: dt.date) -> pl.Series:
    """Complete months from each day of the table to ``au``, negative after it."""
    return _by_month(au, 31 if is_last_day_of_month(au) else au.day, 0)


@lru_cache(maxsize=64)
def started_table(au: dt.date) -> pl.Series:
    """Count started months from each day to ``au``: complete ones plus one if days remain.

    Nothing remains from the same day number, nor from a longer month to the
    last day of a shorter one: one month less from that day of the month on.
    """
    return _by_month(au, au.day - 1, 1)


@lru_cache(maxsize=64)
def years_table(au: dt.date) -> pl.Series:
    """Complete years from each day of the table to ``au``."""
    return months_table(au) // 12


def gather(table: pl.Series, colonne: pl.Expr, inside: bool = False) -> pl.Expr:
    """Read a table of days for a date column; null stays null."""
    return pl.when(colonne.is_not_null()).then(gather_known(table, colonne, inside))


def gather_known(table: pl.Series, colonne: pl.Expr, inside: bool = False) -> pl.Expr:
    """Read a table of days; a null day reads anything: mask it where it matters.

    A gather without null places is two to three times faster.
    """
    return pl.lit(table).gather(_index(colonne, inside))


@lru_cache(maxsize=64)
def earliest_birth_table(au: dt.date, limit: int) -> pl.Series:
    """For each birth of one, the last birth of the other that makes both ages exceed ``limit``.

    Days since 1970: two ages are at most ``limit`` together if and only if the
    other was born after that day.
    """
    years = years_table(au)
    lowest, highest = au.year - DERNIER.year - 1, au.year - PREMIER.year + 1
    turned = [au.year - (limit - age + 1) for age in range(lowest, highest + 1)]
    if is_last_day_of_month(au):
        days = [calendar.monthrange(year, au.month)[1] for year in turned]
    else:
        days = [au.day] * len(turned)
    first = _EPOCH.toordinal()
    cuts = [dt.date(y, au.month, d).toordinal() - first for y, d in zip(turned, days, strict=True)]
    return pl.Series(cuts, dtype=pl.Int32).gather((years.cast(pl.Int32) - lowest).cast(pl.UInt32))


def months_since(colonne: pl.Expr, au: dt.date, inside: bool = False) -> pl.Expr:
    """Complete months from a date column to ``au`` (Int16)."""
    return gather(months_table(au), colonne, inside)


def months_between(debut: pl.Expr, fin: pl.Expr) -> pl.Expr:
    """Complete months between two date columns (Int16)."""
    parts = _parts()
    late = (gather(parts["quantieme"], debut) > gather(parts["quantieme"], fin)) & ~gather(
        parts["dernier"], fin
    )
    return gather(parts["mois"], fin) - gather(parts["mois"], debut) - late.cast(pl.Int16)


def latest_day(au: dt.date, months: int) -> dt.date:
    """Return the latest day from which at least that many complete months have run."""
    day = add_months(au, -months)
    if is_last_day_of_month(au):
        return add_months(dt.date(day.year, day.month, 1), 1) - dt.timedelta(days=1)
    return day
