"""Tables of days against dates taken one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.base.periods import add_months, complete_months, complete_years
from palier.tables.jours import (
    DERNIER,
    PREMIER,
    earliest_birth_table,
    gather,
    latest_day,
    months_between,
    months_since,
    months_table,
    started_table,
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


@pytest.mark.parametrize("table", [months_table, started_table, years_table])
def test_tables_are_the_same_for_columns_without_null(table: Callable[[dt.date], pl.Series]) -> None:
    made = table(JOURS[0])
    column = pl.DataFrame({"jour": [PREMIER, JOURS[0], DERNIER]})
    inside, checked = (
        column.select(gather(made, pl.col("jour"), inside=known)).to_series() for known in (True, False)
    )
    assert inside.to_list() == checked.to_list() == [made[0], made[(JOURS[0] - PREMIER).days], made[-1]]
