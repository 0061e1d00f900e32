"""The State's exchange format, from XML to points and an explanation.

The published sample stands beside some checkouts; elsewhere an invented file of
the same shape plays its part, so that the path is always run.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from palier import law
from palier.engines.cotation.catalogue import read_grille
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.explain import explain
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.reference import prepare, score_row
from palier.engines.cotation.run import score
from palier.formats import import_table, read_table
from palier.tables import schema
from tests.unit.formats.outils import demande_xml, xml_of

AU = dt.date(2018, 9, 1)


@pytest.fixture
def fichier(partage: Path | None, tmp_path: Path) -> Path:
    """The State's sample, or an invented request of the same shape."""
    if partage is not None:
        return partage / "sne" / "exemple-sne.xml"
    made = tmp_path / "exemple.xml"
    made.write_text(xml_of(demande_xml()), encoding="utf-8")
    return made


def test_the_state_s_sample_becomes_a_scored_request(fichier: Path, tmp_path: Path) -> None:
    bilan = import_table(fichier, tmp_path / "demandes.parquet", au=AU)
    assert (bilan.lignes_lues, bilan.lignes_ecrites) == (1, 1)
    demandes = read_table(tmp_path / "demandes.parquet", au=AU).table
    assert dict(demandes.schema) == schema("demandes").polars
    row = demandes.to_dicts()[0]
    # seniority and the effort ratio: what the sample answers
    loi = law.at(dt.date(2026, 11, 24), non_verifie=True)
    grille = parse_grille(read_grille("lyon"), "lyon")
    result = score(demandes, compile_grille(grille, loi), au=loi.date)
    line = result.table.to_dicts()[0]
    ref = score_row(prepare(grille, loi), row, loi.date, None)
    assert line["etat"] == ref.etat
    assert line["total"] == ref.total
    assert sorted(result.manque_of(line["manque"])) == list(ref.manque)
    tree = explain(prepare(grille, loi), ref)
    assert tree.code == "total"


def test_the_fictional_number_is_read_as_the_state_writes_it(partage: Path | None, tmp_path: Path) -> None:
    text = (
        (partage / "sne" / "exemple-sne.xml").read_text(encoding="utf-8")
        if partage is not None
        else xml_of(demande_xml())
    )
    made = tmp_path / "copie.xml"
    made.write_text(text, encoding="utf-8")
    row = read_table(made, au=AU).table.to_dicts()[0]
    assert len(row["numero_unique"]) == 18
    if partage is not None:
        assert row["numero_unique"] == "1110318016982G1104"
        assert row["date_depot_initial"] == dt.date(2018, 3, 15)
        assert (row["nb_personnes"], row["nb_a_charge"], row["nb_garde_alternee"]) == (5, 1, 1)
        assert row["loyer_cent"] == 100_000
        assert row["logement_mode"] == "locataire_prive"
