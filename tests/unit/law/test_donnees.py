"""Tests over the whole folder of the law."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from palier import law
from palier.law.derive import multiply

AU = dt.date(2026, 11, 24)
REGISTRE = law.load()
NON_VERIFIE = {
    "attestation_demande_mois",
    "bail_glissant_prefet_mois",
    "caleol_interets",
    "caleol_motifs",
    "caleol_motifs_ecart",
    "caleol_motifs_interdits",
    "caleol_recours",
    "caleol_reunion_max_mois",
    "ccapex_saisine_mois",
    "commandement_payer_semaines",
    "communes_paris_limitrophes",
    "conservation_demandes",
    "depot_garantie_mois",
    "delais_calcul_choix",
    "effort_alerte",
    "flux_garants_max",
    "flux_proposition_delai_mois",
    "logement_surface_min_m2",
    "occupation_typologies",
    "pieces_attendues",
    "pieces_condition",
    "plafonds_plai",
    "publics_l441_1",
    "radiation_motifs",
    "radiation_preavis_mois",
    "travaux_adaptation_silence_mois",
}


@pytest.mark.parametrize("id_", REGISTRE.ids())
def test_each_value_is_dated_sourced_and_follows_the_one_before(id_: str) -> None:
    fiche = REGISTRE.fiches[id_]
    assert fiche.valeurs
    assert fiche.libelle
    for valeur in fiche.valeurs:
        assert valeur.reference.texte
        assert not valeur.verifie or (valeur.reference.url or "").startswith("https://")
        assert valeur.valeur is not None or valeur.table
        assert fiche.verifie_le >= valeur.du
    for before, after in pairwise(fiche.valeurs):
        assert before.au is not None
        gap = (after.du - before.au).days
        assert gap == 1 or (gap > 1 and after.lacune)


def test_no_float_anywhere() -> None:
    for fiche in REGISTRE.fiches.values():
        for valeur in fiche.valeurs:
            assert not isinstance(valeur.valeur, float)
            for cell in (valeur.table or {}).values():
                assert isinstance(cell, int | Fraction | str)


def test_nothing_is_stale_on_the_day_of_the_release() -> None:
    states = {f.id: f.etat for f in REGISTRE.freshness(AU)}
    assert [id_ for id_, etat in states.items() if etat == "perime"] == []
    assert {id_ for id_, etat in states.items() if etat == "sans_valeur"} == {"premier_quartile"}
    assert {id_ for id_, etat in states.items() if etat == "non_verifie"} == NON_VERIFIE


def test_the_yearly_tables_are_stale_on_the_next_new_year() -> None:
    states = {f.id: f.etat for f in REGISTRE.freshness(dt.date(2027, 1, 1))}
    assert {states[id_] for id_ in ("plafonds_plus", "plafonds_plai", "plafonds_pls", "epci_communes")} == {
        "perime"
    }


@pytest.mark.parametrize("id_", ["plafonds_plus", "plafonds_plai", "plafonds_pls"])
def test_ceilings_are_closed_each_year_and_grow_with_the_household(id_: str) -> None:
    for valeur in REGISTRE.fiches[id_].valeurs:
        assert (valeur.du.month, valeur.du.day) == (1, 1)
        assert valeur.au in (None, dt.date(valeur.du.year, 12, 31))
        for zone in ("paris_limitrophes", "idf", "autres"):
            row = [valeur.cell((str(n), zone)) for n in range(1, 13)]
            known = [cell for cell in row if isinstance(cell, int)]
            assert known == sorted(known)
            assert len(set(known)) == len(known)


def test_every_plus_cell_moved_alike_in_2026() -> None:
    old, new = REGISTRE.fiches["plafonds_plus"].valeurs
    assert old.table is not None
    for cle, before in old.table.items():
        after = new.cell(cle)
        assert isinstance(before, int)
        assert isinstance(after, int)
        assert abs(after - before * Fraction(10087, 10000)) < 1 + before * Fraction(5, 100_000), cle


@pytest.mark.parametrize(
    ("plus", "pls"),
    [
        (20870, 27131), (27870, 36231), (33516, 43571), (40462, 52601), (47599, 61879), (53644, 69737),
        (5983, 7778), (21878, 28441), (29217, 37982), (35135, 45676), (42417, 55142), (49898, 64867),
    ],
)  # fmt: skip
def test_cot_14_pls_is_plus_times_130_half_up(plus: int, pls: int) -> None:
    derive = REGISTRE.fiches["plafonds_pls"].derive
    assert derive is not None
    assert multiply(plus, derive) == pls


def test_the_published_pls_of_2026_is_compared_cell_by_cell() -> None:
    (published,) = REGISTRE.fiches["plafonds_pls"].publie
    computed = law.at(AU).get("plafonds_pls")
    assert published.table is not None
    assert len(published.table) == 21
    assert computed.table == published.table


def test_the_overcrowding_table_is_its_sentence() -> None:
    loi = law.at(AU)
    for people in range(1, 31):
        wanted = 9 if people == 1 else min(16 + 9 * (people - 2), 70)
        assert loi.lookup("surface_minimale", (people,)) == wanted


def test_cot_19_resources_per_unit() -> None:
    loi = law.at(AU)
    units = sum(
        Fraction(loi.lookup("unites_consommation", (who,)))
        for who in ("premier", "14_ans_ou_plus", "14_ans_ou_plus", "moins_de_14_ans")
    )
    assert units == Fraction(23, 10)
    assert round(12 * 1900 / units, 2) == Fraction(991304, 100)


def test_the_publics_are_those_of_the_column_registry(sources: Path) -> None:
    columns = yaml.safe_load((sources / "tables" / "columns.yaml").read_text(encoding="utf-8"))
    assert list(law.at(AU, non_verifie=True).codes("publics_l441_1")) == columns["codes"]["public"]


def test_the_zones_are_those_of_the_column_registry(sources: Path) -> None:
    columns = yaml.safe_load((sources / "tables" / "columns.yaml").read_text(encoding="utf-8"))
    table = law.at(AU).get("plafonds_plus").table or {}
    assert {zone for _, zone in table} == set(columns["codes"]["zone_plafond"])
