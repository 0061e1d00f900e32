"""Names, codes and zones of the places agree with the official list and with the law."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

from palier import law
from palier.base.yamlstrict import Table
from palier.synthetic.lieux import ZONES, lieux_national, lieux_territoire, load_territoire
from palier.synthetic.marges import load_table
from palier.synthetic.parc import quartiers
from tests.unit.synthetic.outils import AU


@pytest.fixture(scope="module")
def communes(officiel: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads((officiel / "data/communes.json").read_text(encoding="utf-8"))
    return {row["code"]: row for row in rows if row["type"] == "commune-actuelle"}


def test_communes_of_the_territory(communes: dict[str, dict[str, Any]]) -> None:
    table = cast(Table, load_territoire()["communes"])
    assert len(table) == 33
    for code, raw in table.items():
        line = cast(Table, raw)
        assert (communes[code]["nom"], communes[code]["population"]) == (
            line["nom"],
            int(str(line["population"])),
        )
    for code, nom in cast(Table, load_territoire()["communes_voisines"]).items():
        assert communes[code]["nom"] == nom


def test_communes_of_the_country(communes: dict[str, dict[str, Any]]) -> None:
    for zone in lieux_national().zones:
        for code, population in zip(zone.communes, zone.populations, strict=True):
            assert communes[code]["population"] == population, code
    departements = cast(Table, load_table("national")["departements"])
    sums: dict[str, int] = {}
    for row in communes.values():
        sums[row["departement"]] = sums.get(row["departement"], 0) + (row.get("population") or 0)
    for code, raw in departements.items():
        assert sums[code] == int(str(cast(Table, raw)["population"])), code


def test_zones_are_those_of_the_law() -> None:
    loi = law.at(AU, non_verifie=True)
    for lieux in (lieux_territoire(), lieux_national()):
        for code, zone, loin in zip(lieux.codes, lieux.plafond, lieux.outre_mer, strict=True):
            assert loin or ZONES[zone] == law.zone_plafond(loi, code), code


def test_districts_stand_in_their_commune() -> None:
    assert len(quartiers()) == 21
    for code, (commune, part) in quartiers().items():
        assert code.startswith("INV-67-")
        assert commune in lieux_territoire().codes
        assert 0 < part < 100
