"""Search: what a person types, in which order places come, and the doors of programs."""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palier.formats.territoires import prepare_territoires
from palier.web.apps.journal.operations import SYSTEME
from palier.web.apps.territoires import queries
from palier.web.apps.territoires.operations import charger_territoires
from palier.web.apps.territoires.rules import entrees, poids, read_question
from tests.unit.formats.territoires.outils import commune
from tests.web.territoires.outils import AU, load

# --- Rules, without a database ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("saisie", "texte", "code"),
    [
        ("Schiltigheim", "schiltigheim", ""),
        ("  SCHILTIGHEIM (67300) ", "schiltigheim", "67300"),
        ("67300 Schiltigheim", "schiltigheim", "67300"),
        ("67 300", "67300", ""),
        ("2A004", "2a004", ""),
        ("Ajaccio 2a", "ajaccio", "2a"),
        ("St-Denis (974)", "saint denis", "974"),
        ("67000 67100", "67000 67100", ""),
        ("Marseille 1", "marseille 1", ""),
        ("l'haÿ", "l hay", ""),
        ("", "", ""),
        ("'''", "", ""),
        ("%_\\", "", ""),
    ],
)
def test_questions_are_read(saisie: str, texte: str, code: str) -> None:
    found = read_question(saisie)
    assert (found.texte, found.code) == (texte, code)


@pytest.mark.parametrize(
    ("cle", "article", "textes"),
    [
        ("strasbourg", 0, {"strasbourg": 0}),
        ("le havre", 3, {"le havre": 0, "havre": 0}),
        ("l hay les roses", 2, {"l hay les roses": 0, "hay les roses": 0, "lhay les roses": 0, "roses": 1}),
        ("villeneuve d ascq", 0, {"villeneuve d ascq": 0, "villeneuve dascq": 0, "ascq": 1}),
        ("illkirch graffenstaden", 0, {"illkirch graffenstaden": 0, "graffenstaden": 1}),
        ("y", 0, {"y": 0}),
    ],
)
def test_a_name_is_found_by_its_parts(cle: str, article: int, textes: dict[str, int]) -> None:
    assert dict(entrees(cle, article)) == textes


def test_towns_come_before_what_holds_them() -> None:
    town, around = poids("commune", 0, 290_000), poids("departement", 0, 1_150_000)
    assert town > around > poids("commune", 1, 2_000_000) > poids("region", 2, None) > 0


# --- The database -------------------------------------------------------------------------------------------


def _villes(country: dict[str, Any]) -> None:
    country["communes"] += [
        commune("91010", "Saint-Pré", population=500),
        commune("91011", "Saint-Prélat", population=90_000),
        commune("91012", "Vieux-Saint-Pré", population=200_000),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("saisie", "codes"),
    [
        ("saint pre", ["91010", "91011", "91012", "91001"]),  # exact, then names, then inner words; by people
        ("st-pré", ["91010", "91011", "91012", "91001"]),
        ("oeil", ["91001"]),
        ("l'œil", ["91001"]),
        ("GRAND PRE", ["91002"]),
        ("le grand", ["91002"]),
        ("92100", ["92001"]),
        ("92001", ["92001"]),
        ("91009", ["91001"]),  # ended
        ("oeil le vieux", ["91001"]),  # delegated
        ("ville", ["75056", "75", "75101", "75102"]),
        ("ville 75002", ["75056", "75102"]),
        ("ville 99", ["75056", "75", "75101", "75102"]),
        ("premier", ["91"]),
        ("91", ["91", "91012", "91011", "91002", "91001"]),
        ("du pre", []),
        ("pre", ["91", "91012", "91011", "91002", "200000001", "91001", "91010"]),
        ("region", ["44"]),
        ("200000002", ["200000002"]),
        ("zzz", []),
        ("~", []),
        ("%", []),
    ],
)
def test_places_are_found(tmp_path: Path, saisie: str, codes: list[str]) -> None:
    load(tmp_path, change=_villes)
    found = [lieu.code for lieu in queries.find_lieux(saisie, 20)]
    assert found[: len(codes)] == codes
    assert len(found) == len(set(found))
    if not codes:
        assert found == []


@pytest.mark.django_db
def test_an_answer_says_what_a_page_needs(tmp_path: Path) -> None:
    load(tmp_path)
    (found,) = queries.find_lieux("oeil le v")
    assert found == queries.LieuTrouve(
        genre="commune",
        code="91001",
        nom="L'Œil-en-Saint-Pré",
        departement="91",
        codes_postaux=("91100",),
        population=1000,
        point=(2.05, 48.05),
        boite=(2.0, 48.0, 2.1, 48.1),
        via="Œil-le-Vieux",
    )
    epci = queries.lieu_named("epci", "200000001")
    assert epci is not None
    assert (epci.boite, epci.departement) == ((2.0, 48.0, 2.2, 48.1), "91")
    assert queries.lieu_named("commune", "00000") is None
    assert queries.epci_named("200000002") == "Grand Est"


@pytest.mark.django_db
def test_a_commune_at_a_date_knows_its_groups(tmp_path: Path) -> None:
    load(tmp_path)
    found = queries.communes_at(["91001", "92001", "75101", "91009", "00000", ""], AU)
    assert sorted(found) == ["75101", "91001", "92001"]
    assert (found["91001"].epci, found["91001"].ept) == ("200000001", "")
    assert (found["92001"].epci, found["92001"].ept) == ("", "200000002")
    assert (found["75101"].type, found["75101"].parent) == ("arrondissement", "75056")
    assert (
        queries.commune_at("91001", AU.replace(year=2019)) == found["91001"]
    )  # answered by the first edition


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "nom", "fini", "remplacee_par"),
    [
        ("91001", "L'Œil-en-Saint-Pré", False, None),
        ("75102", "Ville 2e", False, None),
        ("91009", "", True, "91001 L'Œil-en-Saint-Pré"),
    ],
)
def test_rules_of_offers_are_told_what_a_code_became(
    tmp_path: Path, code: str, nom: str, fini: bool, remplacee_par: str | None
) -> None:
    load(tmp_path)
    lieux = queries.Lieux()
    lieux.load([code, "91002"])
    found = lieux.commune(code)
    assert found is not None
    assert (found.nom, found.fin is not None, found.remplacee_par) == (nom, fini, remplacee_par)
    assert found.debut is None
    assert lieux.communes_du_code_postal("92200") == ["92001 Ste-Ève"]
    assert lieux.communes_du_code_postal("00000") == []
    assert lieux.commune("67") is None


# --- Doors --------------------------------------------------------------------------------------------------

LIEUX = "/api/v1/lieux"


@pytest.mark.django_db
def test_the_api_answers(tmp_path: Path, client: Client) -> None:
    load(tmp_path)
    answer = client.get(LIEUX, {"q": "grand-pré", "limite": 3})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert "Set-Cookie" not in answer
    (found,) = json.loads(answer.content)["lieux"]
    assert (found["genre"], found["code"], found["codes_postaux"]) == ("commune", "91002", ["91100"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 422),
        ({"q": ""}, 422),
        ({"q": "a" * 81}, 422),
        ({"q": "a\x00"}, 422),
        ({"q": "a\x1fb"}, 422),
        ({"q": "a\n"}, 422),
        ({"q": "a", "limite": "0"}, 422),
        ({"q": "a", "limite": "-1"}, 422),
        ({"q": "a", "limite": "21"}, 422),
        ({"q": "a", "limite": "9" * 40}, 422),
        ({"q": "a", "limite": "dix"}, 422),
        ({"q": "'; DROP TABLE x; --"}, 200),
        ({"q": "%"}, 200),
        ({"q": "مدينة"}, 200),
        ({"q": "🏠" * 80}, 200),
        ({"q": "9" * 80}, 200),
        ({"q": "\u200b"}, 200),
    ],
)
def test_bad_calls_are_refused_in_words(client: Client, params: dict[str, str], status: int) -> None:
    answer = client.get(LIEUX, params)
    assert answer.status_code == status
    if status == 422:
        assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=90))
def test_any_text_is_searched_without_a_fault(saisie: str) -> None:
    assert isinstance(json.loads(queries.search_lieux(saisie)), list)


# --- The real country: speed --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_search_is_quick_on_all_the_communes_of_france(
    officiel: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare_territoires(officiel, tmp_path)
    charger_territoires(acteur=SYSTEME, dossier=tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nom FROM territoires_lieu WHERE genre = 'commune' AND id %% 1000 = 1", [])
        noms = [row[0] for row in cursor.fetchall()]
    typed = [nom[:n] for nom in noms for n in (1, 2, 3, 5, 9)] + ["saint", "67", "67300"]
    spans = []
    for saisie in typed:
        start = time.perf_counter()
        queries.search_lieux(saisie)
        spans.append(1000 * (time.perf_counter() - start))
    median = statistics.median(spans)
    with capsys.disabled():
        print(f"\nRecherche de lieux : médiane {median:.2f} ms, maximum {max(spans):.1f} ms")
    first = {
        q: queries.find_lieux(q)[0].code for q in ("schilt", "l'hay", "st denis 974", "œuilly", "paris", "67")
    }
    assert first == {"schilt": "67447", "l'hay": "94038", "st denis 974": "97411", "œuilly": "51410",
                     "paris": "75056", "67": "67"}  # fmt: skip
    strasbourg = queries.commune_at("67482", AU)
    assert strasbourg is not None
    assert strasbourg.epci == "246700488"
    saint_denis = queries.commune_at("93066", AU)
    assert saint_denis is not None
    assert (saint_denis.epci, saint_denis.ept) == ("200054781", "200057867")
