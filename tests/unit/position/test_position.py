from __future__ import annotations

import polars as pl
import pytest

from palier.base.errors import TableError
from palier.base.mots import render, word
from palier.engines.cotation.position import (
    explain_position,
    position,
    pressure,
    rank_among,
    similar_mask,
)
from tests.unit.position.outils import stock

DEUX = stock([{"total": 3}, {"total": 4}])


@pytest.mark.parametrize(
    ("lignes", "numero", "codes"),
    [
        ([{}], "9", ["ATT-001"]),
        ([{"etat": "hors_champ"}], "0", ["ATT-002"]),
        ([{"etat": "refusee"}], "0", ["ATT-002"]),
        ([{"etat": None}], "0", ["ATT-002"]),
        ([{"total": None}], "0", ["ATT-002"]),
        ([{"numero_unique": "7"}, {"numero_unique": "7"}], "7", ["ATT-003"]),
        ([{}, {"numero_unique": "7"}, {"numero_unique": "7"}], "0", ["ATT-003"]),
        ([{"typologies": None}], "0", ["ATT-004"]),
        ([{"typologies": 0}], "0", ["ATT-004"]),
        ([{"localisations": []}], "0", ["ATT-004"]),
        ([{"typologies": None, "localisations": None}], "0", ["ATT-004", "ATT-004"]),
        ([{"plafond_max_code": None}], "0", ["ATT-004"]),
    ],
)
def test_no_position(lignes: list[dict], numero: str, codes: list[str]) -> None:
    with pytest.raises(TableError) as refusal:
        position(*stock(lignes), numero, with_resources=True)
    assert [problem.code for problem in refusal.value.problems] == codes


def test_score_missing_for_the_request() -> None:
    demandes, scores = DEUX
    with pytest.raises(TableError, match="ATT-002"):
        position(demandes, scores.filter(pl.col("numero_unique") != "0"), "0")
    assert position(demandes, scores.filter(pl.col("numero_unique") != "1"), "0").n == 1


@pytest.mark.parametrize(
    "missing", ["numero_unique", "typologies", "localisations", "systeme", "etat", "total"]
)
def test_missing_column(missing: str) -> None:
    demandes, scores = DEUX
    tables = [table.drop(missing, strict=False) for table in (demandes, scores)]
    with pytest.raises(TableError, match=f"ATT-005.*{missing}"):
        position(*tables, "0")


def test_classes_need_their_order() -> None:
    demandes, scores = DEUX
    named = scores.drop("classe_rang").with_columns(classe=pl.Series(["dalo", "autres"]))
    with pytest.raises(TableError, match=r"ATT-005.*classe_rang"):
        position(demandes, named, "0")
    assert position(demandes, scores.drop("classe_rang"), "0").rang == 2
    ordered = scores.with_columns(classe_rang=pl.Series([0, 1]))
    assert position(demandes, ordered, "0").rang == 1


@pytest.mark.parametrize(("pending", "allocations"), [(10, 0), (0, 0), (-1, 5), (5, -1)])
def test_pressure_without_allocation_does_not_exist(pending: int, allocations: int) -> None:
    with pytest.raises(TableError, match="ATT-006"):
        pressure(pending, allocations)


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("n", [10, 11, 412])
def test_words(n: int, langue: str) -> None:
    lines = [line for _, line in explain_position(rank_among(5, 3, n), langue).walk()]
    assert all(line.libelle != line.code for line in lines)
    text = " ".join(render(line.lu, langue) for line in lines)
    assert (str(n) in text) == (n >= 11)
    assert len(lines) == (3 if n >= 11 else 1)
    assert word("position.rang", langue) in [line.libelle for line in lines]


def test_sentence_of_the_design() -> None:
    head = explain_position(rank_among(117, 10, 412))
    assert (
        render(head.lu)
        == "Position 118 sur 412\u00a0: 117 demandes ont plus de points, 9 autres en ont autant"
    )
    assert rank_among(117, 10, 412).to_dict()["percentile"] == [7250, 103]


def test_what_is_unknown_is_not_similar() -> None:
    unknown = [{name: None} for name in ("typologies", "localisations", "plafond_max_code", "total", "etat")]
    demandes, scores = stock([{}, *unknown, {}])
    mask = similar_mask(demandes, scores, "0", with_resources=True)
    assert mask.to_list() == [True, False, False, False, False, False, True]
    assert similar_mask(demandes, scores, "0").to_list() == [True, False, False, True, False, False, True]
