"""Published worked examples, and values of a peer library kept as data."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier.engines.cotation.attente import aalen_johansen, kaplan_meier
from tests.unit.attente.outils import groupe

CAS = yaml.safe_load(Path(__file__).with_name("oracles.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("cas", CAS, ids=[cas["nom"] for cas in CAS])
def test_oracle(cas: dict[str, Any]) -> None:
    lignes = [tuple(ligne) for ligne in cas["lignes"]]
    last = max(jour for _, jour, _ in lignes)
    lignes += [(0, last + 1, 0)] * (cas.get("effectif", len(lignes)) - len(lignes))
    states = {state.jour: state for state in aalen_johansen(groupe(lignes).walk())}
    survival = {row[0]: row for row in kaplan_meier(groupe(lignes).walk())}
    for attendu in cas["attendu"]:
        state = states[attendu["jour"]]
        found = state._asdict() | {
            "ecart_attend": math.sqrt(state.var_attend),
            "bas_attend": survival[state.jour][3],
            "haut_attend": survival[state.jour][4],
        }
        for name, value in attendu.items():
            assert found[name] == pytest.approx(value, abs=cas["tolerance"]), (attendu["jour"], name)
