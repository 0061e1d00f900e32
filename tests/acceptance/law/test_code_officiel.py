"""Codes and names of the law against the official list, shipped by an npm package (``make setup``)."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from palier import law
from palier.base.ressources import read_packaged
from palier.tables.communes import communes
from tools import make_communes

AU = dt.date(2026, 11, 24)
LIMITROPHES = {
    "92012": "Boulogne-Billancourt",
    "92024": "Clichy",
    "92040": "Issy-les-Moulineaux",
    "92044": "Levallois-Perret",
    "92046": "Malakoff",
    "92049": "Montrouge",
    "92051": "Neuilly-sur-Seine",
    "92062": "Puteaux",
    "92064": "Saint-Cloud",
    "92073": "Suresnes",
    "92075": "Vanves",
    "93001": "Aubervilliers",
    "93006": "Bagnolet",
    "93045": "Les Lilas",
    "93048": "Montreuil",
    "93055": "Pantin",
    "93061": "Le Pré-Saint-Gervais",
    "93066": "Saint-Denis",
    "93070": "Saint-Ouen-sur-Seine",
    "94018": "Charenton-le-Pont",
    "94033": "Fontenay-sous-Bois",
    "94037": "Gentilly",
    "94041": "Ivry-sur-Seine",
    "94042": "Joinville-le-Pont",
    "94043": "Le Kremlin-Bicêtre",
    "94052": "Nogent-sur-Marne",
    "94067": "Saint-Mandé",
    "94069": "Saint-Maurice",
    "94080": "Vincennes",
}


@cache
def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def names(path: Path, types: set[str] | None = None) -> dict[str, str]:
    return {row["code"]: row["nom"] for row in load(path) if types is None or row["type"] in types}


@pytest.fixture(scope="module")
def dossier(officiel: Path) -> Path:
    return officiel / "data"


@pytest.fixture(scope="module")
def liste(dossier: Path) -> dict[str, dict[str, str]]:
    """Names by code of each list."""
    return {
        "communes": names(dossier / "communes.json", {"commune-actuelle", "arrondissement-municipal"}),
        "departements": names(dossier / "departements.json"),
        "epci": names(dossier / "epci.json") | names(dossier / "ept.json") | {"75056": "Paris"},
    }


def pairs() -> list[tuple[str, str, str, str]]:
    """Gather (file, list, code, name) from every file that names its official lists."""
    found = set()
    for id_, fiche in law.load().fiches.items():
        for dimension, referentiel in fiche.referentiels.items():
            found |= {(id_, referentiel, c, n) for c, n in fiche.libelles.get(dimension, {}).items()}
            if dimension == fiche.dimensions[-1]:
                for valeur in fiche.valeurs:
                    cells = (valeur.table or {}).items()
                    found |= {
                        (id_, referentiel, cle[-1], cell) for cle, cell in cells if isinstance(cell, str)
                    }
    return sorted(found)


def test_every_code_has_its_official_name(liste: dict[str, dict[str, str]]) -> None:
    checked, wrong = 0, []
    for id_, referentiel, code, name in pairs():
        checked += 1
        official_name = liste[referentiel].get(code)
        is_value = re.fullmatch(r"[a-z_]+", name)  # a code of ours, not the name of the place
        if official_name is None if is_value else official_name != name:
            wrong.append((id_, code, name, official_name))
    assert wrong == []
    assert checked >= 300


def test_every_key_of_an_official_list_is_named() -> None:
    named = {(id_, code) for id_, _, code, _ in pairs()}
    for id_, fiche in law.load().fiches.items():
        for dimension in fiche.referentiels:
            place = fiche.dimensions.index(dimension)
            for valeur in fiche.valeurs:
                assert {(id_, cle[place]) for cle in valeur.table or ()} <= named


def test_paris_and_its_29_neighbours_are_all_there() -> None:
    table = law.at(AU, non_verifie=True).get("communes_paris_limitrophes").table or {}
    found = {cle[0]: name for cle, name in table.items()}
    paris = {"75056", *(str(code) for code in range(75101, 75121))}
    assert found.keys() == LIMITROPHES.keys() | paris
    assert {code: found[code] for code in LIMITROPHES} == LIMITROPHES
    assert (found["92012"], found["93001"], found["93006"]) == (
        "Boulogne-Billancourt",
        "Aubervilliers",
        "Bagnolet",
    )


def test_each_territory_has_exactly_its_members(dossier: Path) -> None:
    loi = law.at(AU)
    counts = {"246700488": 33, "243100518": 37, "243300316": 28, "243500139": 43, "245900428": 17}
    for siren, number in counts.items():
        assert len(loi.codes("epci_communes", siren)) == number
    assert len(loi.codes("epci_communes", "200046977")) == 58 + 9
    assert len(loi.codes("epci_communes", "75056")) == 1 + 20
    members = {row["code"]: {m["code"] for m in row["membres"]} for row in load(dossier / "epci.json")}
    members |= {row["code"]: {m["code"] for m in row["membres"]} for row in load(dossier / "ept.json")}
    members["75056"] = {"75056"}
    parts: dict[str, set[str]] = {}
    for row in load(dossier / "communes.json"):
        if row["type"] == "arrondissement-municipal":
            parts.setdefault(row["commune"], set()).add(row["code"])
    for siren in loi.codes("epci_communes"):
        wanted = members[siren] | {a for commune in members[siren] for a in parts.get(commune, ())}
        assert set(loi.codes("epci_communes", siren)) == wanted, siren


def test_the_departments_of_ile_de_france_are_eight(dossier: Path) -> None:
    found = set(law.at(AU).codes("departements_idf"))
    assert found == {"75", "77", "78", "91", "92", "93", "94", "95"}
    rows = load(dossier / "departements.json")
    assert found == {row["code"] for row in rows if row["region"] == "11"}


def test_a_swapped_pair_would_be_seen(liste: dict[str, dict[str, str]]) -> None:
    assert liste["communes"]["93001"] != "Bagnolet"
    assert liste["communes"]["93006"] != "Boulogne-Billancourt"


def test_the_packaged_list_of_communes_is_the_official_one(officiel: Path) -> None:
    packaged = read_packaged("palier.tables", "communes.txt")
    assert packaged == make_communes.main(officiel)
    known = communes()
    rows = load(officiel / "data" / "communes.json")
    assert known.codes == {r["code"] for r in rows if r["type"] in make_communes.VIVANTES}
    assert known.anciennes.keys().isdisjoint(known.codes)
    assert set(known.anciennes.values()) <= known.codes
    assert {"92012", "75056", "75101", "2A004", "97411", "98818"} <= known.codes
