"""The holidays of the law against an outside library, each territory, 1990 to 2060."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from dateutil.easter import easter

from palier import law
from palier.base.calendrier import paques
from palier.law.calendrier import calendrier

LOI = law.at(dt.date(2026, 11, 24))
ANNEES = range(1990, 2061)
USAGES = {"Vendredi saint", "Mi-Carême", "Fête de Victor Schoelcher"}  # of the islands: not in L3422-2
PAIRES = [
    ("75", None), ("2A", None), ("57", "57"), ("67", "6AE"), ("68", "6AE"), ("971", "971"), ("972", "972"),
    ("973", "973"), ("974", "974"), ("975", "PM"), ("976", "976"), ("977", "BL"), ("978", "MF"),
]  # fmt: skip


def library(subdiv: str | None, annee: int) -> set[dt.date]:
    """Holidays of the library, without the customs of the islands and as the law was."""
    found = holidays.country_holidays("FR", subdiv=subdiv, years=annee, language="fr")
    days = {
        jour
        for jour, nom in found.items()
        if not (subdiv in ("971", "972", "MF") and set(nom.split("; ")) <= USAGES)
    }
    if annee in (2005, 2006, 2007):
        days.add(paques(annee) + dt.timedelta(days=50))  # Palier keeps Whit Monday: see the notes of the law
    if subdiv == "MF" and annee < 2018:
        days -= {dt.date(annee, 5, 28)} - {paques(annee) + dt.timedelta(days=n) for n in (39, 50)}
        days |= {dt.date(annee, 5, 27)} if annee >= 2012 else set()  # the decree of 2012 writes 27 May
    return days


@pytest.mark.parametrize(("lieu", "subdiv"), PAIRES)
def test_both_know_the_same_days(lieu: str, subdiv: str | None) -> None:
    ours = calendrier(LOI, lieu)
    for annee in ANNEES:
        assert set(ours.feries(annee)) == library(subdiv, annee), annee


def test_easter_agrees_over_the_gregorian_calendar() -> None:
    for annee in range(1583, 4100):
        assert paques(annee) == easter(annee)


def test_working_days_agree() -> None:
    ours = calendrier(LOI, "75")
    theirs = holidays.country_holidays("FR", years=range(2026, 2036))
    day = dt.date(2026, 1, 1)
    while day.year < 2036:
        assert ours.is_ouvre(day) == theirs.is_working_day(day)
        day += dt.timedelta(days=1)
