"""Positions and pressure of the domain page."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier.base.exact import round_fraction
from palier.engines.cotation.position import position, pressure
from tests.unit.position.outils import stock

CAS = yaml.safe_load(Path(__file__).with_name("oracles.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cas", CAS, ids=[cas["nom"] for cas in CAS])
def test_position(cas: dict[str, Any]) -> None:
    demandes, scores = stock([{"total": total} for total in cas["totaux"]])
    for numero, (rang, quart, percentile) in enumerate(cas["attendu"]):
        place = position(demandes, scores, str(numero))
        assert (place.rang, place.quart, place.percentile) == (rang, quart, Fraction(percentile))
        assert place.n == len(cas["totaux"])


def test_cot_15_pressure_of_hauts_de_seine_2022() -> None:
    found = pressure(116_228, 11_357)
    assert found == Fraction(116_228, 11_357)
    assert round_fraction(found * 10, "demi_haut") == 102
    assert round_fraction(found * 1000, "demi_haut") == 10_234
