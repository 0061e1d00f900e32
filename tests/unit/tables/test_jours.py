"""Tables of days against dates taken one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.base.periods import add_months, complete_months, complete_years
from palier.tables.jours import (
    DERNIER,
    PREMIER,
    TOUTES,
    Jours,
    earliest_birth_table,
    jours_between,
    latest_day,
    months_between,
    months_since,
    months_table,
    most_months,
    started_table,
    units_table,
    years_table,
)

# in a month, first day, ends of months of each length, the eve of a leap day
JOURS = [
    dt.date(2026, 11, 24), dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 30),
    dt.date(2026, 2, 28), dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2026, 3, 30),
]  # fmt: skip
TOUS = [PREMIER + dt.timedelta(days=i) for i in range((DERNIER - PREMIER).days + 1)]
dates = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize("au", JOURS, ids=str)
def test_complete_months_of_every_day(au: dt.date) -> None:
    assert months_table(au).to_list() == [complete_months(day, au) for day in TOUS]


@pytest.mark.parametrize("au", JOURS[:3], ids=str)
def test_complete_years_of_every_day(au: dt.date) -> None:
    assert years_table(au).to_list() == [complete_years(day, au) for day in TOUS]


@pytest.mark.parametrize("au", JOURS, ids=str)
def test_started_months_of_every_day_that_has_come(au: dt.date) -> None:
    past = [day for day in TOUS if day <= au]
    wanted = []
    for day in past:
        months = complete_months(day, au)
        wanted.append(months + (1 if add_months(day, months) < au else 0))
    found = started_table(au)
    assert found[: len(past)].to_list() == wanted
    assert max(found[len(past) :]) <= 0


@given(au=dates, un=dates, autre=dates, limite=st.integers(30, 80))
def test_two_ages_are_within_the_limit_if_the_other_was_born_late_enough(
    au: dt.date, un: dt.date, autre: dt.date, limite: int
) -> None:
    after = earliest_birth_table(au, limite)[(un - PREMIER).days]
    together = complete_years(un, au) + complete_years(autre, au)
    assert ((autre - dt.date(1970, 1, 1)).days > after) == (together <= limite)


@given(debut=dates | st.none(), fin=dates | st.none())
def test_months_between_two_columns(debut: dt.date | None, fin: dt.date | None) -> None:
    frame = pl.DataFrame({"debut": [debut], "fin": [fin]}, schema={"debut": pl.Date, "fin": pl.Date})
    found = frame.select(months_between(pl.col("debut"), pl.col("fin"))).item()
    assert found == (None if debut is None or fin is None else complete_months(debut, fin))


@given(au=dates, mois=st.integers(-30, 900))
def test_the_latest_day_is_the_last_one_with_that_many_months(au: dt.date, mois: int) -> None:
    day = latest_day(au, mois)
    assert complete_months(day, au) >= mois > complete_months(day + dt.timedelta(days=1), au)


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (PREMIER, 0),
        (PREMIER - dt.timedelta(days=1), 0),
        (dt.date(1000, 1, 1), 0),
        (DERNIER, -1),
        (DERNIER + dt.timedelta(days=1), -1),
        (dt.date(9999, 12, 31), -1),
    ],
    ids=str,
)
def test_days_outside_the_tables_go_to_their_ends(day: dt.date, place: int) -> None:
    column = pl.DataFrame({"jour": [day, None]}, schema={"jour": pl.Date})
    found = column.select(months_since(pl.col("jour"), JOURS[0])).to_series().to_list()
    assert found == [months_table(JOURS[0])[place], None]


TABLES = [months_table, started_table, years_table, partial(earliest_birth_table, limit=55)]


@pytest.mark.parametrize("au", JOURS, ids=str)
@pytest.mark.parametrize("table", TABLES, ids=["mois", "mois entamés", "ans", "jeune ménage"])
def test_a_table_of_some_years_is_a_part_of_the_whole(table: Callable[..., pl.Series], au: dt.date) -> None:
    low, high = dt.date(1923, 2, 28), dt.date(2024, 12, 1)
    part = table(au, jours=jours_between(low, high))
    place = (dt.date(1923, 1, 1) - PREMIER).days
    assert part.equals(table(au)[place : place + len(part)])
    assert len(part) == (dt.date(2024, 12, 31) - dt.date(1923, 1, 1)).days + 1


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (PREMIER, DERNIER, Jours(1880, 2120, True)),
        (dt.date(2010, 5, 1), dt.date(2010, 5, 1), Jours(2010, 2010, True)),
        (PREMIER - dt.timedelta(days=1), JOURS[0], TOUTES),
        (JOURS[0], DERNIER + dt.timedelta(days=1), TOUTES),
        (None, JOURS[0], TOUTES),
        (None, None, TOUTES),
    ],
    ids=str,
)
def test_years_that_a_column_holds(low: dt.date | None, high: dt.date | None, wanted: Jours) -> None:
    assert jours_between(low, high) == wanted


@pytest.mark.parametrize("table", TABLES[:3], ids=["mois", "mois entamés", "ans"])
def test_tables_are_read_alike_whatever_the_years(table: Callable[..., pl.Series]) -> None:
    days = [dt.date(1999, 1, 1), JOURS[0], dt.date(2026, 12, 31)]
    column = pl.DataFrame({"jour": [*days, None]})
    made = table(JOURS[0])
    wanted = [*(made[(day - PREMIER).days] for day in days), None]
    for jours in (TOUTES, Jours(1880, 2120, True), Jours(1999, 2026, True), Jours(1999, 2026, False)):
        read = column.select(jours.gather(table(JOURS[0], jours=jours), pl.col("jour"))).to_series()
        assert read.to_list() == wanted


@pytest.mark.parametrize("entame", [False, True], ids=["révolus", "entamés"])
@pytest.mark.parametrize("au", JOURS, ids=str)
def test_units_of_months(au: dt.date, entame: bool) -> None:
    months = (started_table if entame else months_table)(au)
    made = units_table(au, TOUTES, entame, lambda m: min(max(m, 0), 60), pl.Int8())
    assert made.dtype == pl.Int8
    assert made.to_list() == months.clip(0, 60).to_list()
    assert most_months(au, entame) == months.max()
