"""A grid that does not apply on a day scores all the same, and everybody is told that it is a simulation."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import polars as pl
import pytest

from palier.base.mots import render
from palier.base.provenance import Provenance
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.explain import explain
from palier.engines.cotation.model import Grille
from palier.engines.cotation.reference import prepare, score_row
from palier.engines.cotation.run import score
from palier.engines.cotation.vigueur import avertir, motifs_de_simulation
from tests.strategies_cotation import AU, loi_inventee
from tests.unit.cotation.outils_reference import regle

FAMILLES = {"f": {"regle": "somme", "criteres": {"a": {"si": {"handicap": "oui"}, "points": "10"}}}}


def grille(
    du: str = "2026-01-01", statut: str = "en_vigueur", remplace: str = "", id_: str = "essai"
) -> Grille:
    """Make a grid of one criterion with a version."""
    made = regle(FAMILLES).grille
    before = dt.date.fromisoformat(remplace) if remplace else None
    return replace(made, id=id_, du=dt.date.fromisoformat(du), statut=statut, remplace=before)


CASES = [
    ({}, (), ()),
    ({"statut": "adoptee"}, (), ()),
    ({"du": "2026-11-24"}, (), ()),
    ({"du": "2026-11-25"}, (), ("a_venir",)),
    ({"statut": "brouillon"}, (), ("brouillon",)),
    ({"statut": "abrogee"}, (), ("abrogee",)),
    ({"du": "2027-01-01", "statut": "brouillon"}, (), ("a_venir", "brouillon")),
    ({}, [{"du": "2026-06-01", "remplace": "2026-01-01"}], ("remplacee",)),
    ({}, [{"du": "2026-11-24", "remplace": "2026-01-01", "statut": "adoptee"}], ("remplacee",)),
    ({}, [{"du": "2026-11-25", "remplace": "2026-01-01"}], ()),
    ({}, [{"du": "2026-06-01", "remplace": "2026-01-01", "statut": "brouillon"}], ()),
    ({}, [{"du": "2026-06-01", "remplace": "2025-01-01"}], ()),
    ({}, [{"du": "2026-06-01", "remplace": "2026-01-01", "id_": "autre"}], ()),
]


@pytest.mark.parametrize(("cles", "autres", "motifs"), CASES)
def test_why_a_grid_does_not_apply(
    cles: dict[str, str], autres: list[dict[str, str]], motifs: tuple[str, ...]
) -> None:
    assert motifs_de_simulation(grille(**cles), AU, [grille(**autre) for autre in autres]) == motifs


def test_one_warning_says_all_reasons() -> None:
    projet = grille("2027-01-01", "brouillon")
    problem = avertir(projet, AU, motifs_de_simulation(projet, AU))
    assert problem is not None
    assert problem.code == "COT-075"
    said = str(problem).replace("\u00a0", " ")
    assert "essai.yaml, au 24 novembre 2026 : Cette note est une simulation : la grille ne s’applique" in said
    assert "qu’à partir du 1er janvier 2027 et la grille est un brouillon, que personne n’a adopté." in said
    assert avertir(grille(), AU, ()) is None


@pytest.mark.parametrize("row", [{"handicap": True}, {"statut": "radiee"}], ids=["notée", "hors champ"])
def test_the_score_its_provenance_and_its_explanation_say_it(row: dict[str, object]) -> None:
    loi = loi_inventee()
    projet = grille("2027-01-01")
    ligne = {"date_depot_initial": dt.date(2026, 1, 1), "numero_unique": "067012600000000001"} | row
    tree = explain(prepare(projet, loi), score_row(prepare(projet, loi), ligne, AU, None))
    assert tree.enfants[0].code == "simulation"
    assert "une simulation" in render(tree.enfants[0].regle)
    table = pl.DataFrame(
        {"numero_unique": ["067012600000000001"], "date_depot_initial": [dt.date(2026, 1, 1)]}
    )
    kept = score(table, compile_grille(projet, loi), au=AU).provenance
    assert kept.simulation == ("a_venir",)
    assert Provenance.from_json(kept.to_json()) == kept
    later = grille("2026-06-01", remplace="2026-01-01")
    assert score(table, compile_grille(grille(), loi), au=AU, connues=[later]).provenance.simulation == (
        "remplacee",
    )
    now = explain(prepare(grille(), loi), score_row(prepare(grille(), loi), ligne, AU, None))
    assert "simulation" not in [line.code for _, line in now.walk()]


def test_a_provenance_written_before_this_word_is_read() -> None:
    kept = json.loads(Provenance("a", (), AU, "", "").to_json())
    del kept["simulation"]
    assert Provenance.from_json(json.dumps(kept)).simulation == ()
