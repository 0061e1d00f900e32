"""Dates by lookup: complete months since a day, as one gather.

The number of complete months up to a date depends on the day alone, so it is
read in a table of days instead of taking each date apart: some 25 times less
work, and the same answer as :mod:`palier.base.periods`. A table of days covers
the years that a column holds, or 1880 to 2120 where they are not known.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import polars as pl

from palier.base.periods import add_months, is_last_day_of_month
from palier.tables.choix import literal

PREMIER = dt.date(1880, 1, 1)
DERNIER = dt.date(2120, 12, 31)
_EPOCH = dt.date(1970, 1, 1)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LEAP = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Jours:
    """Whole years of days, and how to read a table that has one value per day.

    Parameters
    ----------
    debut, fin : int
        First and last year.
    sur : bool
        Whether no known day of the column is outside.
    """

    debut: int
    fin: int
    sur: bool

    @property
    def annees(self) -> range:
        """Years covered."""
        return range(self.debut, self.fin + 1)

    @property
    def premier(self) -> dt.date:
        """First day covered."""
        return dt.date(self.debut, 1, 1)

    def gather(self, table: pl.Series, colonne: pl.Expr) -> pl.Expr:
        """Read a table of days for a date column; null stays null."""
        return pl.when(colonne.is_not_null()).then(self.gather_known(table, colonne))

    def gather_known(self, table: pl.Series, colonne: pl.Expr) -> pl.Expr:
        """Read a table of days; a null day reads anything: mask it where it matters.

        A gather without null places is two to three times faster.
        """
        return pl.lit(table).gather(self._index(colonne))

    def _index(self, colonne: pl.Expr) -> pl.Expr:
        """Place of each day; days outside go to the ends, null to the first."""
        first = (self.premier - _EPOCH).days
        offset = colonne.to_physical() - literal(first, pl.Int32())
        zero = literal(0, pl.Int32())
        if self.sur:
            return offset.fill_null(zero)
        top = literal((dt.date(self.fin, 12, 31) - self.premier).days, pl.Int32())
        low = pl.when(offset < top).then(offset).otherwise(top)
        return pl.when(low > zero).then(low).otherwise(zero)


TOUTES = Jours(PREMIER.year, DERNIER.year, False)


def jours_between(low: object, high: object) -> Jours:
    """Return the years from one day to another, all the years where they are not known or too far."""
    if isinstance(low, dt.date) and isinstance(high, dt.date) and low >= PREMIER and high <= DERNIER:
        return Jours(low.year, high.year, True)
    return TOUTES


def expand(values: Sequence[int], days: Sequence[int], dtype: pl.DataType) -> pl.Series:
    """Repeat each value a number of times."""
    runs = pl.lit(pl.Series("jours", values, dtype=dtype)).repeat_by(pl.lit(pl.Series(days)))
    return pl.select(runs.explode(empty_as_null=False)).to_series()


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


def _by_month(au: dt.date, jours: Jours, early: int, more: int) -> tuple[range, list[int]]:
    """Months from the month of each day to that of ``au``, as runs: values, and days of each.

    The ``early`` first days of a month get ``more``, the others one less: as
    many as the first days of the next month.
    """
    days: list[int] = []
    late = 0
    for year in jours.annees:
        for length in _LEAP if calendar.isleap(year) else _LENGTHS:
            first = min(early, length)
            days.append(late + first)
            late = length - first
    months = 12 * (au.year - jours.debut) + au.month - 1 + more
    return range(months, months - len(days) - 1, -1), [*days, late]


def _complete(au: dt.date, jours: Jours) -> tuple[range, list[int]]:
    return _by_month(au, jours, 31 if is_last_day_of_month(au) else au.day, 0)


def _started(au: dt.date, jours: Jours) -> tuple[range, list[int]]:
    """Nothing remains from the same day number, nor from a longer month to the last day of a shorter one.

    So there is one month less from that day of the month on.
    """
    return _by_month(au, jours, au.day - 1, 1)


@lru_cache(maxsize=64)
def months_table(au: dt.date, jours: Jours = TOUTES) -> pl.Series:
    """Complete months from each day to ``au``, negative after it."""
    return expand(*_complete(au, jours), pl.Int16())


@lru_cache(maxsize=64)
def started_table(au: dt.date, jours: Jours = TOUTES) -> pl.Series:
    """Count started months from each day to ``au``: complete ones plus one if days remain."""
    return expand(*_started(au, jours), pl.Int16())


def most_months(au: dt.date, entame: bool) -> int:
    """Count the months, complete or started, from the first of all days to ``au``."""
    first = Jours(TOUTES.debut, TOUTES.debut, True)
    values, days = (_started if entame else _complete)(au, first)
    return values[0] if days[0] else values[1]


def units_table(
    au: dt.date, jours: Jours, entame: bool, units: Callable[[int], int], dtype: pl.DataType
) -> pl.Series:
    """Turn the months of each day, complete or started, into something else of a type."""
    values, days = (_started if entame else _complete)(au, jours)
    return expand(list(map(units, values)), days, dtype)


def _by_year(au: dt.date, jours: Jours) -> tuple[range, list[int]]:
    """Complete years from each day to ``au``, as runs from one anniversary to the next."""
    ends = [jours.premier.toordinal() - 1]
    ends += [dt.date(year, au.month, _day_of(au, year)).toordinal() for year in jours.annees]
    ends.append(dt.date(jours.fin, 12, 31).toordinal())
    years = range(au.year - jours.debut, au.year - jours.fin - 2, -1)
    return years, [end - start for start, end in pairwise(ends)]


def _day_of(au: dt.date, year: int) -> int:
    """Day of the anniversary of ``au`` in a year: the last of its month if ``au`` is the last of its own."""
    length = (_LEAP if calendar.isleap(year) else _LENGTHS)[au.month - 1]
    return length if is_last_day_of_month(au) else min(au.day, length)


@lru_cache(maxsize=64)
def years_table(au: dt.date, jours: Jours = TOUTES) -> pl.Series:
    """Complete years from each day to ``au``."""
    return expand(*_by_year(au, jours), pl.Int16())


@lru_cache(maxsize=64)
def earliest_birth_table(au: dt.date, limit: int, jours: Jours = TOUTES) -> pl.Series:
    """For each birth of one, the last birth of the other that makes both ages exceed ``limit``.

    Days since 1970: two ages are at most ``limit`` together if and only if the
    other was born after that day.
    """
    years, days = _by_year(au, jours)
    first = _EPOCH.toordinal()

    def cut(age: int) -> int:
        turned = au.year - (limit - age + 1)
        return dt.date(turned, au.month, _day_of(au, turned)).toordinal() - first

    return expand([cut(age) for age in years], days, pl.Int32())


def months_since(colonne: pl.Expr, au: dt.date, jours: Jours = TOUTES) -> pl.Expr:
    """Complete months from a date column to ``au`` (Int16)."""
    return jours.gather(months_table(au, jours), colonne)


def months_between(debut: pl.Expr, fin: pl.Expr) -> pl.Expr:
    """Complete months between two date columns (Int16)."""
    parts = _parts()
    gather = TOUTES.gather
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
