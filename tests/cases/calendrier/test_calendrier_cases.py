"""Runner of the cases of the legal clock: deadlines, lengths, instants, refusals."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier import law
from palier.base.calendrier import (
    Arret,
    Calendrier,
    Delai,
    Duree,
    JourFerie,
    check_duree_min,
    count_delai,
    elapsed,
    end_of_day,
    last_evenement,
    local_day,
    next_anniversaire,
    start_of_day,
    zone,
)
from palier.base.errors import InputError
from palier.law.calendrier import calendrier, delai, fuseau, territoire

ICI = Path(__file__).parent
LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)
PARIS = calendrier(LOI, "75")
UN_JOUR = dt.timedelta(days=1)


def cases(name: str) -> list[Any]:
    rows = yaml.safe_load((ICI / name).read_text(encoding="utf-8"))
    return [pytest.param(row, id=row["nom"]) for row in rows]


def duree(text: str) -> Duree:
    nombre, unite = text.split()
    return Duree(int(nombre), unite)  # type: ignore[arg-type]


def flag(case: dict[str, Any], name: str, absent: str = "non") -> bool:
    value = case.get(name, absent)
    assert value in ("oui", "non")
    return bool(value == "oui")


def counted(case: dict[str, Any]) -> Delai:
    return Delai(
        "essai",
        duree(case.get("duree", "10 jours")),
        franc=flag(case, "franc"),
        report=flag(case, "report"),
        sens=case.get("sens", "apres"),
    )


def arrets(case: dict[str, Any]) -> list[Arret]:
    return [Arret(*pair) for pair in case.get("arrets", [])]


def agrees(case: dict[str, Any], echeance: Any) -> None:
    named = ("terme", "limite", "ouvert_le", "arretes")
    wanted = {name: case[name] for name in named if name in case}
    assert wanted
    assert {name: getattr(echeance, name) for name in wanted} == wanted


@pytest.mark.parametrize("case", cases("echeances.yaml"))
def test_the_law_counts(case: dict[str, Any]) -> None:
    loi = law.at(case["depart"], non_verifie=True)
    place = calendrier(
        LOI,
        case.get("lieu", "75056"),
        vendredi_saint=flag(case, "vendredi_saint", "oui"),
        chomes=case.get("chomes", ()),
    )
    agrees(case, count_delai(delai(loi, case["delai"]), case["depart"], place))


@pytest.mark.parametrize("case", cases("durees.yaml"))
def test_a_length_is_counted(case: dict[str, Any]) -> None:
    agrees(case, count_delai(counted(case), case["depart"], PARIS, arrets(case)))


@pytest.mark.parametrize("case", cases("instants.yaml"))
def test_a_day_ends_where_the_person_lives(case: dict[str, Any]) -> None:
    jour, fuseau = case["jour"], case["fuseau"]
    end = end_of_day(jour, fuseau)
    assert end.isoformat() == case["fin"]
    assert elapsed(start_of_day(jour, fuseau), end) == dt.timedelta(hours=case["heures"])
    assert local_day(end, fuseau) == jour + UN_JOUR
    assert local_day(end - dt.timedelta(microseconds=1), fuseau) == jour


ACTES = {
    "minimum": lambda c: check_duree_min(duree(c["duree"]), delai(LOI, c["delai"])),
    "evenements": lambda c: last_evenement(c["dates"], "R443-12"),
    "duree": lambda c: Duree(c["nombre"], c["unite"]),
    "anniversaire": lambda c: next_anniversaire(dt.date(2026, 1, 1), duree(c["duree"]), dt.date(2026, 1, 1)),
    "compter": lambda c: count_delai(counted(c), c["depart"], PARIS, arrets(c)),
    "fuseau": lambda c: zone(c["fuseau"]),
    "instant": lambda c: local_day(c["instant"], "Europe/Paris"),
    "ferie": lambda c: Calendrier("essai", (JourFerie("essai", c["regle"]),), dt.date(2020, 1, 1)),
    "lieu": lambda c: territoire(LOI, c["lieu"]),
    "delai": lambda c: delai(LOI, c["delai"]),
    "delai_verifie": lambda c: delai(law.at(LOI.date), c["delai"]),
}


@pytest.mark.parametrize("case", cases("refus.yaml"))
def test_a_bad_argument_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        ACTES[case["acte"]](case)
    assert " ".join(problem.code for problem in caught.value.problems) == case["code"]
    assert caught.value.exit_code == case["sortie"]
    assert case["dit"] in str(caught.value)


@pytest.mark.parametrize(
    ("lieu", "nom", "heures"),
    [
        ("75056", "metropole", 2), ("67", "alsace_moselle", 2), ("2B033", "metropole", 2),
        ("971", "guadeloupe", -4), ("97209", "martinique", -4), ("973", "guyane", -3),
        ("97411", "la_reunion", 4), ("976", "mayotte", 3),
        ("975", "saint_pierre_et_miquelon", -2), ("977", "saint_barthelemy", -4), ("978", "saint_martin", -4),
    ],
)  # fmt: skip
def test_each_place_has_its_calendar_and_its_time(lieu: str, nom: str, heures: int) -> None:
    assert territoire(LOI, lieu) == nom
    noon = dt.datetime(2026, 7, 1, 12, tzinfo=zone(fuseau(LOI, lieu)))
    assert noon.utcoffset() == dt.timedelta(hours=heures)  # decree 2017-292, summer


def test_pla_o5_ten_days_are_enough() -> None:
    offer = delai(LOI, "caleol_offre_delai_jours")
    for enough in ("10 jours", "2 semaines"):
        check_duree_min(duree(enough), offer)


def test_pla_o9_the_landlord_takes_the_home_back_on_the_first_of_march() -> None:
    echeance = count_delai(delai(LOI, "flux_proposition_delai_mois"), dt.date(2026, 1, 31), PARIS)
    assert not echeance.ouvert_le <= dt.date(2026, 2, 28)
    assert echeance.ouvert_le <= dt.date(2026, 3, 1)


def test_pla_o10_the_clock_starts_at_the_last_of_the_three_media() -> None:
    media = {"site": dt.date(2026, 6, 1), "hall": dt.date(2026, 6, 10), "journal": dt.date(2026, 6, 4)}
    assert last_evenement(media) == dt.date(2026, 6, 10)


@pytest.mark.parametrize(
    ("depart", "every", "au", "expected"),
    [
        ("2023-11-24", "3 ans", "2026-11-24", "2026-11-24"),
        ("2023-11-24", "3 ans", "2026-11-25", "2029-11-24"),
        ("2024-02-29", "36 mois", "2027-02-28", "2027-02-28"),
        ("2024-02-29", "3 ans", "2033-03-01", "2036-02-29"),
        ("2026-02-01", "6 mois", "2026-02-01", "2026-08-01"),
        ("2026-02-01", "6 mois", "2026-08-02", "2027-02-01"),
        ("2026-01-31", "1 mois", "2026-03-30", "2026-03-31"),
    ],
)
def test_an_anniversary_returns_to_its_own_day(depart: str, every: str, au: str, expected: str) -> None:
    days = [dt.date.fromisoformat(text) for text in (depart, au, expected)]
    assert next_anniversaire(days[0], duree(every), days[1]) == days[2]


@pytest.mark.parametrize(
    ("first", "second", "hours"), [("2027-03-28", "2027-03-28", 1), ("2027-10-31", "2027-10-31", 3)]
)
def test_the_true_time_across_a_change_of_clock(first: str, second: str, hours: int) -> None:
    paris = zone("Europe/Paris")
    start, end = (
        dt.datetime.fromisoformat(f"{day} {time}").replace(tzinfo=paris)
        for day, time in ((first, "01:30"), (second, "03:30"))
    )
    assert elapsed(start, end) == dt.timedelta(hours=hours)
    assert end - start == dt.timedelta(hours=2)  # what Python says, and what elapsed() mends
