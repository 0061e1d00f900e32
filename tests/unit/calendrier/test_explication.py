"""A deadline explains itself, in each language, and every name has its words."""

from __future__ import annotations

import datetime as dt
import json
import re

import jsonschema
import pytest

from palier import law
from palier.base.calendrier import Arret, Calendrier, Delai, Duree, count_delai, explain_echeance
from palier.base.mots import LANGUES, word
from palier.base.rendu import render_lines
from palier.base.ressources import read_packaged
from palier.law.calendrier import calendrier, delai

LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)
PARIS = calendrier(LOI, "75")
DELAIS = [*LOI.codes("delais_calcul"), *LOI.codes("delais_calcul_choix")]
SCHEMA = json.loads(read_packaged("palier.base", "schemas/explanation.json"))


def said(code: str, depart: str, langue: str = "fr") -> list[str]:
    tree = explain_echeance(count_delai(delai(LOI, code), dt.date.fromisoformat(depart), PARIS))
    return [text.replace("\u00a0", " ") for _, text in render_lines(tree, langue)]


def test_a_shifted_deadline_names_each_day_passed_over() -> None:
    lines = said("caleol_offre_delai_jours", "2026-04-21")
    assert lines[:3] == [
        "Réponse à une offre de logement",
        "Au plus tard le lundi 4 mai 2026, à 24 heures",
        "10 jours ; le jour de départ ne compte pas",
    ]
    assert "R441-10" in lines[3]
    (moved,) = (line for line in lines if line.startswith("Le terme passe"))
    assert moved.endswith(
        "vendredi 1er mai 2026, fête du Travail ; samedi 2 mai 2026, jour non ouvré ; "
        "dimanche 3 mai 2026, jour non ouvré"
    )
    assert lines[-2:] == ["La suite est possible à partir du", "mardi 5 mai 2026"]


def test_it_says_the_same_in_english() -> None:
    lines = said("caleol_offre_delai_jours", "2026-04-21", "en")
    assert lines[1] == "By the end of Monday 4 May 2026 at the latest"
    assert len(lines) == len(said("caleol_offre_delai_jours", "2026-04-21"))


def test_a_term_that_does_not_move_says_so() -> None:
    lines = said("flux_proposition_delai_mois", "2026-01-31")
    assert "Au plus tard le samedi 28 février 2026, à 24 heures" in lines
    (unmoved,) = (line for line in lines if line.startswith("Le terme ne bouge pas"))
    assert unmoved.endswith(" : samedi 28 février 2026, jour non ouvré")  # its own day, not those after
    assert "Ce délai ou son décompte n’a pas été relu sur le texte officiel" in lines


@pytest.mark.parametrize(
    ("code", "depart", "words"),
    [
        ("recours_administratif_mois", "2026-03-15", "2 mois, en délai franc"),
        ("examen_occupation_mois", "2023-11-24", "À partir du mardi 24 novembre 2026"),
        ("assignation_prefet_semaines", "2026-09-15", "6 semaines avant l’événement"),
        ("bail_glissant_prefet_mois", "2027-02-01", "2 mois avant l’événement, sans report"),
        ("assignation_prefet_semaines", "2026-09-15", "Trop tard à partir du"),
    ],
)
def test_each_way_of_counting_has_its_words(code: str, depart: str, words: str) -> None:
    assert any(line.startswith(words) for line in said(code, depart))


def test_a_verified_delay_is_not_marked() -> None:
    assert not any("relu" in line for line in said("recours_administratif_mois", "2026-01-15"))


def test_a_stretch_is_said() -> None:
    ten = Delai("caleol_offre_delai_jours", Duree(10, "jours"))
    found = count_delai(ten, dt.date(2026, 3, 2), PARIS, [Arret(dt.date(2026, 3, 5), dt.date(2026, 3, 9))])
    texts = [text for _, text in render_lines(explain_echeance(found))]
    assert "Le délai n’a pas couru pendant un temps ; jours rendus : 5" in texts


@pytest.mark.parametrize("code", DELAIS)
@pytest.mark.parametrize("langue", LANGUES)
def test_each_delay_of_the_law_is_counted_named_and_explained(code: str, langue: str) -> None:
    found = count_delai(delai(LOI, code), dt.date(2026, 5, 1), PARIS)
    tree = explain_echeance(found)
    jsonschema.validate(tree.to_dict(), SCHEMA)
    lines = render_lines(tree, langue)
    assert lines[0][1] == word(f"ligne.{code}", langue) != f"ligne.{code}"
    assert not any("calendrier." in text or "{" in text for _, text in lines)
    assert found.to_dict()["limite"] == found.limite.isoformat()


@pytest.mark.parametrize(
    ("code", "verifie"),
    [
        ("caleol_offre_delai_jours", True),  # length and way were read
        ("mediation_saisine_mois", False),  # the way is a choice of the house
        ("radiation_preavis_mois", False),  # neither
    ],
)
def test_a_delay_is_verified_when_both_its_length_and_its_way_are(code: str, verifie: bool) -> None:
    assert delai(LOI, code).verifie is verifie


def test_a_delay_cites_its_article() -> None:
    assert delai(LOI, "recours_administratif_mois").reference == "code de justice administrative, R421-1"


def test_no_delay_has_two_ways_of_counting() -> None:
    assert len(DELAIS) == len(set(DELAIS))


def _messages(langue: str) -> dict[str, str]:
    text = read_packaged("palier.base", f"po/calendrier.{langue}.po")
    return dict(re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', text))


def test_both_catalogues_say_the_same_things() -> None:
    french, english = _messages("fr"), _messages("en")
    assert french.keys() == english.keys()
    for code, words in french.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", english[code])), code


def test_each_holiday_of_the_law_has_its_words() -> None:
    fetes = {fete for v in law.load().fiche("jours_feries").valeurs for _, fete in v.table or {}}
    assert {f"calendrier.repos.{fete}" for fete in fetes} <= _messages("fr").keys()


def test_a_calendar_of_ones_own() -> None:
    empty = Calendrier("chantier", (), dt.date(2000, 1, 1), frozenset({dt.date(2026, 3, 3)}))
    assert empty.repos(dt.date(2026, 3, 3)) == "chome"
    assert empty.is_ouvre(dt.date(2026, 5, 1))
    assert empty.count_ouvres(dt.date(2026, 3, 1), dt.date(2026, 3, 8)) == 4
    assert empty.count_ouvres(dt.date(2026, 3, 8), dt.date(2026, 3, 1)) == 0
    assert empty.next_ouvre(dt.date(2026, 3, 3)) == dt.date(2026, 3, 4)


def test_a_year_lists_its_holidays_in_order() -> None:
    assert list(PARIS.feries(2026)) == sorted(PARIS.feries(2026))
    assert len(PARIS.feries(2026)) == 11
    assert len(calendrier(LOI, "67").feries(2026)) == 13
    assert len(calendrier(LOI, "67", vendredi_saint=False).feries(2026)) == 12
    assert PARIS.feries(1983) == {dt.date(1983, 12, 25): "noel"}  # the rules start on 24 November


def test_an_end_is_another_instant_in_martinique() -> None:
    found = count_delai(delai(LOI, "caleol_offre_delai_jours"), dt.date(2026, 3, 2), PARIS)
    paris, fort_de_france = found.end("Europe/Paris"), found.end("America/Martinique")
    assert fort_de_france - paris == dt.timedelta(hours=5)


@pytest.mark.parametrize("table", ["delais_calcul", "delais_calcul_choix"])
def test_the_ways_of_counting_are_written_in_known_words(table: str) -> None:
    known = {"franc": {"oui"}, "report": {"oui"}, "sens": {"avant"}, "effet": {"terme"}}
    for code, details in LOI.get(table).details.items():
        rules = {name: value for name, value in details.items() if name != "source"}
        assert rules.keys() <= known.keys(), code
        assert all(value in known[name] for name, value in rules.items()), code
        assert not ({"sens", "report"} <= rules.keys()), code  # counted back, nothing moves
        assert table == "delais_calcul_choix" or details["source"], code
