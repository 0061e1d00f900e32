from __future__ import annotations

from fractions import Fraction

import polars as pl

from palier.formats.controles import controles
from palier.synthetic.echantillons import sample_rows
from palier.tables import schema
from tests.unit.synthetic.outils import AU

ROWS = sample_rows(1, 2_000, AU)


def test_rows_fit_the_registry_and_pass_the_reader() -> None:
    frame = pl.DataFrame(ROWS, schema=schema("demandes").polars)
    assert not frame["numero_unique"].is_duplicated().any()
    for check in controles(AU):
        if check.besoin <= set(frame.columns):
            assert frame.select(check.faute.fill_null(value=False).sum()).item() == 0, check


def test_a_longer_sample_begins_like_a_shorter_one() -> None:
    assert sample_rows(1, 20, AU) == ROWS[:20]
    assert sample_rows(2, 20, AU) != ROWS[:20]


def test_every_column_is_unknown_somewhere_and_known_somewhere() -> None:
    sure = {"numero_unique", "date_depot_initial", "statut", "en_couple"}
    for nom in schema("demandes").polars:
        unknown = sum(row[nom] is None for row in ROWS)
        assert unknown < len(ROWS), nom
        assert (unknown == 0) == (nom in sure), nom


def test_edges_are_there() -> None:
    ratios = {
        Fraction(int(str(r["loyer_cent"])), int(str(r["ressources_mensuelles_cent"])))
        for r in ROWS
        if r["loyer_cent"] and r["ressources_mensuelles_cent"]
    }
    assert {Fraction(33, 100), Fraction(70, 100), Fraction(5, 13), Fraction(1), Fraction(1, 3)} <= ratios
    net = {
        Fraction(
            r["loyer_cent"] + r["charges_cent"] - r["aide_logement_cent"], r["ressources_mensuelles_cent"]
        )
        for r in ROWS
        if r["ressources_mensuelles_cent"]
        and None not in (r["loyer_cent"], r["charges_cent"], r["aide_logement_cent"])
    }
    assert {Fraction(33, 100), Fraction(70, 100), Fraction(5, 13), Fraction(1, 3)} <= net
    assert {r["motifs"].bit_count() for r in ROWS if r["motifs"]} == {1, 2, 3}
    assert {r["date_depot_initial"] for r in ROWS} >= {AU, AU.replace(year=2023), AU.replace(year=2025)}
    assert {r["logement_surface_m2"] for r in ROWS} >= {8, 9, 15, 16, 70}
    assert any(r["ressources_mensuelles_cent"] == 0 for r in ROWS)
