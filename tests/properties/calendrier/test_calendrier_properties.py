"""What must hold for any delay, any day, any territory."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from palier import law
from palier.base.calendrier import (
    Arret,
    Calendrier,
    Delai,
    Duree,
    count_delai,
    elapsed,
    end_of_day,
    local_day,
    next_anniversaire,
    start_of_day,
)
from palier.base.calendrier.delai import Unite
from palier.base.periods import add_months, is_last_day_of_month
from palier.law.calendrier import calendrier, fuseau

LOI = law.at(dt.date(2026, 11, 24))
LIEUX = ["75", "67", "971", "972", "973", "974", "975", "976", "977", "978"]
UN_JOUR = dt.timedelta(days=1)

jours = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
calendriers = st.sampled_from([calendrier(LOI, lieu) for lieu in LIEUX])
unites: st.SearchStrategy[Unite] = st.sampled_from(
    ["jours", "jours_ouvres", "jours_ouvrables", "semaines", "mois", "ans"]
)
durees = st.builds(Duree, st.integers(1, 30), unites)
delais = st.builds(Delai, st.just("essai"), durees, franc=st.booleans(), report=st.booleans())
arrets = st.lists(st.builds(lambda j, n: Arret(j, j + n * UN_JOUR), jours, st.integers(0, 40)), max_size=3)


@given(delais, jours, calendriers)
def test_a_deadline_comes_after_its_start_and_never_before_its_term(
    delai: Delai, depart: dt.date, cal: Calendrier
) -> None:
    found = count_delai(delai, depart, cal)
    assert depart < found.terme <= found.limite < found.ouvert_le
    assert found.limite == found.terme or delai.report


@given(delais, jours, calendriers)
def test_a_shift_lands_on_the_first_working_day(delai: Delai, depart: dt.date, cal: Calendrier) -> None:
    found = count_delai(delai, depart, cal)
    if delai.report:
        assert cal.is_ouvre(found.limite)
        assert found.limite == cal.next_ouvre(found.terme)
        passed = [found.terme + k * UN_JOUR for k in range((found.limite - found.terme).days)]
        assert [jour for jour, _ in found.repos] == passed
        assert not any(cal.is_ouvre(jour) for jour in passed)
    assert (
        found.limite - found.terme
    ).days <= 5  # Good Friday to Easter Monday, or a holiday beside a week-end


@given(delais, jours, st.integers(0, 40), calendriers)
def test_a_later_start_never_ends_sooner(delai: Delai, depart: dt.date, later: int, cal: Calendrier) -> None:
    first, second = (count_delai(delai, depart + n * UN_JOUR, cal) for n in (0, later))
    assert first.limite <= second.limite


@given(delais, jours, calendriers)
def test_a_longer_delay_never_ends_sooner(delai: Delai, depart: dt.date, cal: Calendrier) -> None:
    longer = Delai("essai", Duree(delai.duree.nombre + 1, delai.duree.unite), delai.franc, delai.report)
    assert count_delai(delai, depart, cal).limite <= count_delai(longer, depart, cal).limite


@given(delais, jours, calendriers)
def test_what_favours_the_person_never_takes_a_day(delai: Delai, depart: dt.date, cal: Calendrier) -> None:
    bare = count_delai(Delai("essai", delai.duree), depart, cal)
    assert bare.limite <= count_delai(delai, depart, cal).limite


@given(durees, jours, calendriers)
def test_months_go_date_to_date_clipped_to_the_month(duree: Duree, depart: dt.date, cal: Calendrier) -> None:
    if duree.unite not in ("mois", "ans"):
        return
    fin = count_delai(Delai("essai", duree), depart, cal).terme
    months = duree.nombre * (12 if duree.unite == "ans" else 1)
    assert 12 * (fin.year - depart.year) + fin.month - depart.month == months
    assert fin.day == depart.day or (fin.day < depart.day and is_last_day_of_month(fin))


@given(st.integers(1, 60), jours, calendriers, st.booleans())
def test_working_days_are_counted_back_as_forth(
    n: int, depart: dt.date, cal: Calendrier, ouvrables: bool
) -> None:
    worked = cal.is_ouvrable if ouvrables else cal.is_ouvre
    duree = Duree(n, "jours_ouvrables" if ouvrables else "jours_ouvres")
    fin = count_delai(Delai("essai", duree), depart, cal).terme
    assert worked(fin)
    assert sum(worked(depart + k * UN_JOUR) for k in range(1, (fin - depart).days + 1)) == n
    back = count_delai(Delai("essai", duree, sens="avant"), fin + UN_JOUR, cal).limite
    assert depart < back
    assert not any(worked(depart + k * UN_JOUR) for k in range(1, (back - depart).days))
    if not ouvrables:
        assert cal.count_ouvres(depart, fin) == n


@given(delais, st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31)), calendriers)
def test_counted_back_it_mirrors_and_never_moves(delai: Delai, jour: dt.date, cal: Calendrier) -> None:
    back = count_delai(Delai("essai", delai.duree, delai.franc, delai.report, "avant"), jour, cal)
    assert back.limite == back.terme < jour
    if delai.duree.unite in ("jours", "semaines"):
        forth = count_delai(Delai("essai", delai.duree, delai.franc), back.limite, cal)
        assert forth.terme == jour


@given(delais, jours, arrets, calendriers)
def test_a_stretch_gives_back_each_day_it_took(
    delai: Delai, depart: dt.date, stretches: list[Arret], cal: Calendrier
) -> None:
    bare = Delai("essai", delai.duree)
    free, stopped = count_delai(bare, depart, cal), count_delai(bare, depart, cal, stretches)
    assert free.terme <= stopped.terme
    assert (stopped.arretes == 0) == (free.terme == stopped.terme)

    def runs(jour: dt.date) -> bool:
        kind = delai.duree.unite
        return (
            cal.is_ouvre(jour)
            if kind == "jours_ouvres"
            else kind != "jours_ouvrables" or cal.is_ouvrable(jour)
        )

    def count(fin: dt.date, without: list[Arret]) -> int:
        span = (depart + k * UN_JOUR for k in range(1, (fin - depart).days + 1))
        return sum(runs(j) and not any(a.debut <= j <= a.fin for a in without) for j in span)

    assert count(stopped.terme, stretches) == count(free.terme, [])


@given(jours, st.sampled_from(LIEUX))
def test_days_follow_each_other_as_instants(jour: dt.date, lieu: str) -> None:
    nom = fuseau(LOI, lieu)
    start, end = start_of_day(jour, nom), end_of_day(jour, nom)
    assert end == start_of_day(jour + UN_JOUR, nom)
    assert start.utcoffset() == dt.timedelta(0)
    assert dt.timedelta(hours=23) <= elapsed(start, end) <= dt.timedelta(hours=25)
    assert local_day(start, nom) == local_day(end - dt.timedelta(microseconds=1), nom) == jour
    assert local_day(end, nom) == jour + UN_JOUR


@given(jours, st.integers(1, 60), st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_an_anniversary_is_the_first_and_does_not_drift(depart: dt.date, n: int, au: dt.date) -> None:
    found = next_anniversaire(depart, Duree(n, "mois"), au)
    assert found >= au
    ranks = [add_months(depart, n * k) for k in range(1, 1400 // n + 2)]
    assert found == next(day for day in ranks if day >= au)
    assert all(before < after for before, after in pairwise(ranks))


@given(jours, calendriers)
def test_a_day_has_one_reason_at_most_and_sundays_always_rest(jour: dt.date, cal: Calendrier) -> None:
    reason = cal.repos(jour)
    assert (reason is None) == cal.is_ouvre(jour)
    assert cal.is_ouvrable(jour) or not cal.is_ouvre(jour)
    if jour.weekday() >= 5:
        assert reason is not None
    if jour in cal.feries(jour.year):
        assert reason == cal.feries(jour.year)[jour]
