"""A ratio that is exactly 33 % falls on the right side, in both engines."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from palier import law
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import prepare, score_row
from palier.engines.cotation.run import score
from palier.tables import schema

AU = dt.date(2026, 11, 24)
GRILLE = """
palier: grille/1
id: taux
cadre: bailleur
version: {du: 2026-01-01, statut: brouillon}
completude: partielle
systemes:
  unique:
    familles:
      effort:
        regle: somme
        criteres:
          taux:
            rapport: [loyer_net_cent, ressources_mensuelles_cent]
            bandes:
              - {moins_de: 33 %, points: 1}
              - {des: 33 %, jusqu_a: 70 %, points: 10}
              - {plus_de: 70 %, points: 100}
"""


def test_floats_would_be_wrong_here() -> None:
    assert 16.83 / 51.00 < 0.33


@pytest.mark.parametrize(
    ("loyer", "ressources", "points"),
    [
        (1683, 5100, 10),
        (1682, 5100, 1),
        (1684, 5100, 10),
        (70, 100, 10),
        (71, 100, 100),
        (7_000_000, 10_000_000, 10),
        (7_000_001, 10_000_000, 100),
        (660_000_000, 2_000_000_000, 10),
        (659_999_999, 2_000_000_000, 1),
    ],
)
def test_exactly_on_a_threshold(loyer: int, ressources: int, points: int) -> None:
    grille = parse_grille(GRILLE, "taux.yaml")
    loi = law.at(AU, non_verifie=True)
    row = {
        "numero_unique": "0671023000001GDPUB",
        "date_depot_initial": dt.date(2023, 10, 24),
        "loyer_cent": loyer,
        "charges_cent": 0,
        "aide_logement_cent": 0,
        "ressources_mensuelles_cent": ressources,
    }
    frame = pl.DataFrame([row], schema={k: schema("demandes").polars[k] for k in row})
    program = compile_grille(grille, loi)
    assert score(frame, program, au=AU).table["total"].to_list() == [points]
    assert score(frame.lazy(), program, au=AU).table["total"].to_list() == [points]
    assert score_row(prepare(grille, loi), row, AU, None).total == points
