"""Requests judged for a home by both engines, one row each; and what cannot be searched."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from palier import law
from palier.base.errors import InputError
from palier.base.mots import has, render
from palier.engines.recherche import (
    MOTIFS,
    SIGNAUX,
    Vacance,
    explain_comptes,
    explain_jugement,
    judge_row,
    search_candidats,
)
from tests.strategies_recherche import frame

JOUR = dt.date(2026, 11, 24)
LOGEMENT = Vacance("67482", "t3", 62, "plus", 42_000, 9_000, JOUR, JOUR, etage=2)
DEMANDE = {
    "date_depot_initial": dt.date(2024, 1, 15),
    "date_renouvellement": dt.date(2026, 1, 15),
    "statut": "active",
    "typologies": ["t3"],
    "localisations": ["67482"],
    "accepte_autre_commune": False,
    "nb_personnes": 3,
    "nb_a_charge": 1,
    "en_couple": True,
    "naissance": dt.date(1990, 1, 1),
    "conjoint_naissance": dt.date(1990, 1, 1),
    "nb_carte_invalidite": 0,
    "rfr_n2_eur": 30_000,
    "rfr_n1_eur": None,
    "rfr_n2_annee": 2024,
    "handicap": False,
    "ascenseur": False,
    "rez_de_chaussee_seul": False,
    "ressources_mensuelles_cent": 240_000,
    "loyer_max_cent": None,
}


def cases(nom: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name(nom).read_text(encoding="utf-8"))
    return found


def home(row: dict[str, Any]) -> Vacance:
    values = {name: getattr(LOGEMENT, name) for name in Vacance.__slots__} | row.get("vacance", {})
    if isinstance(values["effort_max"], str):
        values["effort_max"] = Fraction(values["effort_max"])
    if values["personnes"] is not None:
        values["personnes"] = tuple(values["personnes"])
    return Vacance(**values)


@pytest.mark.parametrize("row", cases("demandes.yaml"), ids=lambda row: row["nom"])
def test_a_request(row: dict[str, Any]) -> None:
    vacance = home(row)
    line = {**DEMANDE, **row.get("ligne", {})}
    aide = row.get("aide")
    aides = pl.Series([aide], dtype=pl.Int32)
    found = search_candidats(
        vacance, frame([line]), law.at(vacance.signature_le, non_verifie=True), aides_cent=aides
    )
    judged = judge_row(found.regle, line, aide)
    assert list(judged.motifs) == row.get("motifs", [])
    assert list(judged.signaux) == row.get("signaux", [])
    assert found.jugement(found.table["numero_unique"][0]) == judged
    assert found.eligibles == judged.eligible
    assert found.vivantes == (not {"radiee", "attribuee", "expiree", "posterieure"} & set(judged.motifs))
    told = [line.code for _, line in explain_jugement(found.regle, line, judged).walk()]
    assert told == ["recherche", *(f"recherche.motif.{m}" for m in judged.motifs),
                    *(f"recherche.signal.{s}" for s in judged.signaux)]  # fmt: skip
    for langue in ("fr", "en"):
        for _, part in explain_jugement(found.regle, line, judged).walk():
            assert "{" not in render(part.lu, langue)
        for _, part in explain_comptes(found).walk():
            assert render(part.lu, langue)


def test_each_reason_and_each_mark_has_its_row_and_its_words() -> None:
    rows = cases("demandes.yaml")
    assert {code for row in rows for code in row.get("motifs", [])} == set(MOTIFS)
    assert {code for row in rows for code in row.get("signaux", [])} == set(SIGNAUX)
    for langue in ("fr", "en"):
        assert all(has(f"recherche.motif.{m}", langue) and has(f"recherche.nom.{m}", langue) for m in MOTIFS)
        assert all(has(f"recherche.signal.{s}", langue) for s in SIGNAUX)


@pytest.mark.parametrize("row", cases("refus.yaml"), ids=lambda row: row["nom"])
def test_what_cannot_be_searched(row: dict[str, Any]) -> None:
    demandes = frame([DEMANDE, DEMANDE]).drop(row.get("sans", []))
    scores = None
    if "scores" in row:
        numbers = ["x", "y"] if row["scores"] == "autres" else ["x"] * row["scores"]
        scores = pl.DataFrame({"numero_unique": numbers, "total": [1] * len(numbers)})
    aides = pl.Series([0] * row["aides"]) if "aides" in row else None
    loi = law.at(row.get("loi", JOUR), non_verifie=True)
    departage = row.get("departage", ["date_depot_initial", "numero_unique"])
    with pytest.raises(InputError) as caught:
        search_candidats(home(row), demandes, loi, scores, aides, departage).jugement(row.get("numero", ""))
    assert " ".join(p.code for p in caught.value.problems) == row["code"]


def test_a_zone_without_ceiling_stops_the_search() -> None:
    """A table that lacks the zone would exclude nobody, in silence."""
    partial = {str(k): {"idf": 20_000 + k} for k in range(1, 7)} | {"plus": {"idf": 1_000}}
    loi = law.load().with_value("plafonds_plus", dt.date(2026, 1, 1), partial).at(JOUR, non_verifie=True)
    with pytest.raises(InputError, match="LOI-006"):
        search_candidats(LOGEMENT, frame([DEMANDE]), loi)


def test_the_order_follows_class_total_then_the_declared_chain() -> None:
    filed = [dt.date(2024, 1, day) for day in (5, 4, 3, 2, 1)]
    rows = [{**DEMANDE, "date_depot_initial": day} for day in filed] + [{**DEMANDE, "statut": "radiee"}]
    demandes = frame(rows)
    scores = pl.DataFrame({"classe_rang": [1, 0, 0, 0, 0, 0], "total": [99, 10, 20, None, 20, 50]})
    loi = law.at(JOUR, non_verifie=True)
    assert search_candidats(LOGEMENT, demandes, loi, scores).table["ordre"].to_list() == [5, 3, 2, 4, 1, None]
    assert search_candidats(LOGEMENT, demandes, loi).table["ordre"].to_list() == [5, 4, 3, 2, 1, None]
    chain = ("-date_depot_initial", "numero_unique")
    late = search_candidats(LOGEMENT, demandes, loi, scores, departage=chain)
    assert late.table["ordre"].to_list() == [5, 3, 1, 4, 2, None]
    assert late.premiers(2)["ordre"].to_list() == [1, 2]
