"""The rules of the simulator: ceilings by cases, place in a published histogram, one change at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from palier import law
from palier.base.explanation import Explanation
from palier.web.apps.public.rules.simulation import (
    HYPOTHESES,
    Note,
    Reponses,
    eligibility,
    place,
    row_of,
    suppose,
)
from tests.conftest import RACINE

TABLE = yaml.safe_load((RACINE / "tests/cases/simulation/plafonds.yaml").read_text(encoding="utf-8"))
AU = TABLE["au"]
LOI = law.load().at(AU, non_verifie=True)


def reponses(**change: Any) -> Reponses:
    base = Reponses(
        couple=False,
        mineurs=0,
        moins_14=0,
        autres=0,
        age=40,
        age_conjoint=None,
        invalidite=False,
        rfr_eur=14_000,
        ressources_eur=1_300,
        emploi=None,
        essentiel=False,
        logement_mode="locataire_prive",
        logement_type=None,
        surface_m2=None,
        occupants=None,
        loyer_eur=500,
        aide_eur=None,
        non_decent=False,
        motifs=("expulsion",),
        dalo=False,
        commune="67482",
        habite=False,
        travaille=False,
        tailles=("t3",),
        attente_mois=0,
    )
    return replace(base, **change)


@pytest.mark.parametrize("cas", TABLE["cas"], ids=lambda cas: cas["nom"])
def test_les_plafonds(cas: dict[str, Any]) -> None:
    given_ = {k: v for k, v in (TABLE["base"] | cas).items() if k in Reponses.__dataclass_fields__}
    given_ = {k: (v == "oui" or v is True) if v in ("oui", "non") else v for k, v in given_.items()}
    found = eligibility(reponses(rfr_eur=cas["rfr"], **given_), LOI)
    assert (found.categorie, found.plus_social) == (cas["categorie"], cas["social"])
    assert {p.financement: p.marge for p in found.plafonds} == cas["marges"]


def test_seul_ce_qui_est_lu_dans_le_texte_est_dit_verifie() -> None:
    found = eligibility(reponses(), LOI)
    assert {p.financement: p.verifie for p in found.plafonds} == {"plai": False, "plus": True, "pls": True}
    assert all("1987" in p.reference or "PLUS" in p.reference for p in found.plafonds)


def test_l_age_tient_toute_la_journee_du_calcul() -> None:
    row = row_of(reponses(age=27, couple=True, age_conjoint=28), AU, "autres")
    for key, age in (("naissance", 27), ("conjoint_naissance", 28)):
        born = row[key]
        assert AU.year - born.year - ((AU.month, AU.day) < (born.month, born.day)) == age


def test_une_reponse_non_donnee_reste_inconnue() -> None:
    row = row_of(reponses(ressources_eur=None, loyer_eur=None, aide_eur=120), AU, "autres")
    assert row["ressources_mensuelles_cent"] is None
    assert (row["loyer_cent"], row["charges_cent"], row["aide_logement_cent"]) == (None, None, None)
    assert "nb_a_naitre" not in row


# --- Place -------------------------------------------------------------------------------------------------

SEGMENTS = [
    {"systeme": "mutation", "classe": None, "n": 40, "classes": ((0, 49, 25), (50, 99, 15))},
    {"systeme": "primo", "classe": "dalo", "n": 12, "classes": ((0, 99, 12),)},
    {"systeme": "primo", "classe": "autres", "n": 60, "classes": ((0, 19, 20), (20, 39, 25), (40, 99, 15))},
]


def note(total: int | None, systeme: str = "primo", classe: str = "autres") -> Note:
    return Note(total, systeme, classe, 2, False, Explanation("total", ""))


@pytest.mark.parametrize(
    ("total", "systeme", "classe", "devant", "dans", "n"),
    [
        (0, "primo", "autres", 52, 20, 72),
        (19, "primo", "autres", 52, 20, 72),
        (20, "primo", "autres", 27, 25, 72),
        (99, "primo", "autres", 12, 15, 72),
        (250, "primo", "autres", 12, 15, 72),  # past the axis: the last class, never better
        (-5, "primo", "autres", 52, 20, 72),
        (10, "primo", "dalo", 0, 12, 72),  # before points
        (60, "mutation", "autres", 0, 15, 40),
    ],
)
def test_la_place(total: int, systeme: str, classe: str, devant: int, dans: int, n: int) -> None:
    found = place(SEGMENTS, note(total, systeme, classe))
    assert found is not None
    assert (found.devant, found.dans, found.n) == (devant, dans, n)


def test_sans_total_ou_sans_file_il_n_y_a_pas_de_place() -> None:
    assert place(SEGMENTS, note(None)) is None
    assert place([], note(10)) is None
    assert place(SEGMENTS, note(10, "autre")) is None


def test_une_file_non_detaillee_compare_a_tous() -> None:
    whole = [{"systeme": None, "classe": None, "n": 30, "classes": ((0, 9, 11), (10, 99, 19))}]
    found = place(whole, note(5))
    assert found is not None
    assert (found.devant, found.dans, found.classes_a_part) == (19, 11, False)


@given(totals=st.lists(st.integers(0, 99), min_size=2, max_size=6).map(sorted))
def test_plus_de_points_ne_met_jamais_plus_loin(totals: list[int]) -> None:
    ahead = [found.devant for total in totals if (found := place(SEGMENTS, note(total)))]
    assert ahead == sorted(ahead, reverse=True)


# --- What if -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hypothese", HYPOTHESES)
def test_une_hypothese_ne_touche_pas_aux_autres_reponses(hypothese: str) -> None:
    before = reponses()
    after = suppose(before, hypothese)
    assert after != before
    changed = {
        name for name in Reponses.__dataclass_fields__ if getattr(before, name) != getattr(after, name)
    }
    expected = {
        "attente": {"attente_mois"},
        "dalo": {"dalo"},
        "enfant": {"mineurs", "moins_14"},
        "ressources": {"rfr_eur", "ressources_eur"},
        "adulte": {"couple", "age_conjoint"},
    }
    assert changed == expected[hypothese]


def test_une_baisse_de_dix_pour_cent_est_exacte() -> None:
    assert suppose(reponses(rfr_eur=14_005, ressources_eur=None), "ressources").rfr_eur == 12_605
    with pytest.raises(KeyError):
        suppose(reponses(), "magie")


def test_la_date_de_depot_recule_des_mois_donnes() -> None:
    assert row_of(reponses(attente_mois=18), AU, "autres")["date_depot_initial"] == dt.date(2025, 5, 24)
    assert row_of(reponses(attente_mois=18), AU, "autres")["date_renouvellement"] == AU
    assert row_of(reponses(attente_mois=6), AU, "autres")["date_renouvellement"] is None
