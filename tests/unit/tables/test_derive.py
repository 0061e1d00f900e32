"""Derived columns: each household of a small world against rules written one by one."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import polars as pl
import pytest

from palier.base.periods import complete_years
from palier.tables import all_colonnes, schema
from palier.tables.derive import STRICTES, Contexte, derive, sources
from tests.strategies_cotation import AU, loi_inventee

TYPES = schema("demandes").polars
LOI = loi_inventee()
LOYER = {"loyer_cent": 50_000, "charges_cent": 5_000}
JEUNE, AGE, TOT = dt.date(1999, 11, 25), dt.date(1985, 1, 1), dt.date(2020, 2, 29)


def column(nom: str, rows: list[dict[str, Any]], fige: str | None = None) -> list[Any]:
    """Derive one column for rows that leave the answers they omit unknown."""
    needed = [*sources(nom), *([fige] if fige else [])]
    frame = pl.DataFrame(
        [{n: row.get(n) for n in needed} for row in rows], schema={n: TYPES[n] for n in needed}
    )
    return frame.select(derive(nom, Contexte(AU, LOI, fige)).alias("x")).to_series().to_list()


def categorie(row: dict[str, Any]) -> int | None:
    """Return the category of the ceilings, as the law is read aloud."""
    n, d, couple, cards = (
        row[k] for k in ("nb_personnes", "nb_a_charge", "en_couple", "nb_carte_invalidite")
    )
    if None in (n, d, couple, cards) or d >= n or (couple and n - d < 2):
        return None
    base = n
    if n == 2 and couple:
        junior = jeune(row)
        if junior is None:
            return None
        base = 3 if junior else 2
    elif n - d == 1 and d >= 1:
        base = n + 1
    return int(base + (1 if cards >= 1 else 0))


def jeune(row: dict[str, Any]) -> bool | None:
    """Tell whether both ages together are at most 55 years."""
    if row["en_couple"] is None:
        return None
    if not row["en_couple"]:
        return False
    births = row["naissance"], row["conjoint_naissance"]
    if None in births:
        return None
    return sum(complete_years(b, AU) for b in births) <= 55


MENAGES = [
    {
        "nb_personnes": n,
        "nb_a_charge": d,
        "en_couple": couple,
        "nb_carte_invalidite": cards,
        "naissance": one,
        "conjoint_naissance": other,
    }
    for n, d, couple, cards, (one, other) in itertools.product(
        (None, 0, 1, 2, 3, 6),
        (None, 0, 1, 2, 5),
        (None, True, False),
        (None, 0, 1, 2),
        ((JEUNE, JEUNE), (JEUNE, AGE), (AGE, AGE), (None, JEUNE), (JEUNE, None)),
    )
]


def test_category_of_every_small_household() -> None:
    assert column("categorie_menage", MENAGES) == [categorie(row) for row in MENAGES]


def test_young_household_of_every_small_household() -> None:
    assert column("jeune_menage", MENAGES) == [jeune(row) for row in MENAGES]


@pytest.mark.parametrize(
    ("nom", "reponses", "valeur"),
    [
        ("uc_dixieme", {"nb_personnes": 1, "nb_moins_14": 0}, 10),
        ("uc_dixieme", {"nb_personnes": 4, "nb_moins_14": 2}, 21),
        ("uc_dixieme", {"nb_personnes": 255, "nb_moins_14": 0}, 1280),
        ("uc_dixieme", {"nb_personnes": 4}, None),
        ("loyer_net_cent", LOYER | {"aide_logement_cent": 20_000}, 35_000),
        ("loyer_net_cent", LOYER | {"aide_logement_cent": 60_000}, 0),
        ("loyer_net_cent", LOYER, None),
        ("parent_isole", {"en_couple": False, "nb_a_charge": 1}, True),
        ("parent_isole", {"en_couple": False, "nb_a_charge": 0}, False),
        ("parent_isole", {"en_couple": True}, False),
        ("parent_isole", {"nb_a_charge": 0}, False),
        ("parent_isole", {"nb_a_charge": 2}, None),
        ("surface_minimale_m2", {"nb_personnes": 1}, 9),
        ("surface_minimale_m2", {"nb_personnes": 8}, 70),
        ("surface_minimale_m2", {"nb_personnes": 20}, 70),
        ("surface_minimale_m2", {}, None),
        ("suroccupe", {"logement_surface_m2": 15, "logement_nb_occupants": 2}, True),
        ("suroccupe", {"logement_surface_m2": 16, "logement_nb_occupants": 2}, False),
        ("sous_occupe", {"logement_type": "t4", "nb_personnes": 2}, True),
        ("sous_occupe", {"logement_type": "t3", "nb_personnes": 2}, False),
        ("sous_occupe", {"logement_type": "chambre", "nb_personnes": 1}, False),
        ("sous_occupe", {"nb_personnes": 1}, None),
        ("ressources_uc_annuelles_cent", {"ressources_mensuelles_cent": 2_000_000_000}, 240_000_000_000),
        ("age", {"naissance": AU}, 0),
        ("age", {"naissance": dt.date(1961, 11, 24)}, 65),
        ("age", {"naissance": dt.date(1961, 11, 25)}, 64),
        ("anciennete_mois", {"date_depot_initial": dt.date(2026, 12, 25)}, 0),
        ("anciennete_mois", {"date_depot_initial": dt.date(2023, 10, 24)}, 37),
        ("logement_mois", {}, None),
    ],
)  # fmt: skip
def test_one_derived_value(nom: str, reponses: dict[str, Any], valeur: Any) -> None:
    assert column(nom, [reponses]) == [valeur]


@pytest.mark.parametrize(
    ("nom", "reponses", "valeur"),
    [
        ("age", {"naissance": dt.date(2000, 3, 1)}, 19),
        ("age", {}, None),
        ("anciennete_mois", {"date_depot_initial": dt.date(2019, 1, 29)}, 13),
        ("anciennete_mois", {"date_depot_initial": dt.date(2021, 1, 1)}, 0),
        ("sans_emploi_mois", {"sans_emploi_depuis": dt.date(2020, 1, 31)}, 1),
    ],
)
@pytest.mark.parametrize("connue", [True, False])
def test_a_value_frozen_at_a_date(nom: str, reponses: dict[str, Any], valeur: Any, connue: bool) -> None:
    row = reponses | ({"dalo_date": TOT} if connue else {})
    assert column(nom, [row], "dalo_date") == [valeur if connue else None]


@pytest.mark.parametrize(("autre", "attendu"), [(JEUNE, True), (dt.date(1962, 1, 1), False), (None, None)])
def test_a_young_household_frozen_at_a_date(autre: dt.date | None, attendu: bool | None) -> None:
    row = {"en_couple": True, "naissance": dt.date(2001, 1, 1), "conjoint_naissance": autre, "dalo_date": TOT}
    assert column("jeune_menage", [row], "dalo_date") == [attendu]


@pytest.mark.parametrize(
    ("revenu", "zone", "code"),
    [
        (1700, "autres", "plai"), (1701, "autres", "plus"), (2700, "autres", "plus"), (2701, "autres", "pls"),
        (3700, "autres", "pls"), (3701, "autres", "hors"), (1900, "idf", "plai"), (None, "idf", None),
        (1700, None, None),
    ],
)  # fmt: skip
def test_the_first_ceiling_that_holds(revenu: int | None, zone: str | None, code: str | None) -> None:
    row = {"nb_personnes": 1, "nb_a_charge": 0, "en_couple": False, "nb_carte_invalidite": 0}
    assert column("plafond_max_code", [row | {"rfr_n2_eur": revenu, "zone": zone}]) == [code]


def test_every_derived_column_has_its_type() -> None:
    for nom, col in all_colonnes().items():
        if col.derive:
            found = column(nom, [{}])
            assert found == [None], nom


@pytest.mark.parametrize("nom", sorted(STRICTES))
def test_a_strict_column_is_unknown_as_soon_as_one_source_is(nom: str) -> None:
    values = {"naissance": AGE, "date_depot_initial": AGE, "logement_depuis": AGE, "sans_emploi_depuis": AGE}
    full = {n: values.get(n, "t3" if n == "logement_type" else 1) for n in sources(nom)}
    assert column(nom, [full]) != [None]
    for absent in sources(nom):
        assert column(nom, [full | {absent: None}]) == [None], absent
