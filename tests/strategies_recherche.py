"""Homes and requests drawn near the thresholds of the search."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import strategies as st

from palier import law
from palier.base.periods import add_months
from palier.engines.recherche import Vacance
from palier.engines.recherche.compiler import COLONNES
from palier.tables import colonne, schema

SEANCES = (dt.date(2026, 11, 24), dt.date(2025, 2, 28), dt.date(2026, 3, 1))
COMMUNES = ("67482", "67218", "75056", "75113", "75101", "92012")
TYPOLOGIES = colonne("typologies").codes


def loi(vacance: Vacance) -> law.LoiAu:
    """The law at the day of the signature."""
    return law.at(vacance.signature_le, non_verifie=True)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An answer, or none."""
    return st.none() | strategy


@st.composite
def vacances(draw: st.DrawFn) -> Vacance:
    """A home whose every option is used."""
    day = draw(st.sampled_from(SEANCES))
    return Vacance(
        commune=draw(st.sampled_from(COMMUNES)),
        typologie=draw(st.sampled_from(TYPOLOGIES)),
        surface_m2=draw(st.sampled_from([8, 9, 16, 24, 25, 43, 70, 120])),
        financement=draw(st.sampled_from(["plai", "plus", "pls"])),
        loyer_cent=draw(st.sampled_from([0, 30_000, 45_000])),
        charges_cent=draw(st.sampled_from([0, 5_000])),
        seance_le=day,
        signature_le=day + dt.timedelta(days=draw(st.integers(0, 20))),
        etage=draw(maybe(st.integers(-1, 3))),
        avec_ascenseur=draw(maybe(st.booleans())),
        accessible=draw(maybe(st.booleans())),
        adapte=draw(st.booleans()),
        effort_max=draw(maybe(st.sampled_from([Fraction(33, 100), Fraction(1, 3), Fraction(35, 100)]))),
        personnes=draw(maybe(st.sampled_from([(1, 2), (3, None)]))),
    )


def candidate(vacance: Vacance) -> dict[str, Any]:
    """A request that nothing excludes, unless the home is small or its sizes are odd."""
    persons = {"chambre": 1, "t1": 1}.get(vacance.typologie) or int(vacance.typologie[1:])
    return {
        "date_depot_initial": vacance.seance_le - dt.timedelta(days=100),
        "statut": "active",
        "typologies": {vacance.typologie},
        "localisations": [vacance.commune],
        "nb_personnes": persons,
        "nb_a_charge": max(0, persons - 2),
        "en_couple": persons > 1,
        "naissance": dt.date(1970, 5, 5),
        "conjoint_naissance": dt.date(1970, 5, 5),
        "nb_carte_invalidite": 0,
        "rfr_n2_eur": 9_000,
        "handicap": vacance.adapte,
        "ressources_mensuelles_cent": 200_000,
    }


@st.composite
def lignes(draw: st.DrawFn, vacance: Vacance) -> dict[str, Any]:
    """A request near the bounds, or a candidate that some of its answers spoil."""
    drawn = draw(hasards(vacance))
    spoilt = draw(st.none() | st.sets(st.sampled_from(sorted(drawn)), max_size=3))
    if spoilt is None:
        return drawn
    return dict.fromkeys(drawn) | candidate(vacance) | {nom: drawn[nom] for nom in spoilt}


@st.composite
def hasards(draw: st.DrawFn, vacance: Vacance) -> dict[str, Any]:
    """A request; dates and amounts fall on both sides of their bounds."""
    day = vacance.seance_le
    edge = add_months(day, -12)
    near = st.integers(-3, 3).map(lambda k: edge + dt.timedelta(days=k)) | st.just(day)
    filed = draw(near | st.sampled_from([dt.date(2016, 2, 29), day + dt.timedelta(days=1)]))
    persons = draw(maybe(st.integers(1, 10) | st.just(30)))
    births = st.sampled_from(
        [dt.date(1998, 11, 24), dt.date(1999, 2, 28), dt.date(1970, 5, 5), dt.date(2000, 2, 29)]
    )
    income = maybe(st.sampled_from([0, 12_869, 12_870, 23_403, 23_404, 31_254, 31_255, 40_000, 104_000]))
    return {
        "date_depot_initial": filed,
        "date_renouvellement": draw(maybe(near)),
        "statut": draw(maybe(st.sampled_from(colonne("statut").codes))),
        "typologies": draw(maybe(st.sets(st.sampled_from(TYPOLOGIES), max_size=2))),
        "localisations": draw(maybe(st.lists(st.sampled_from((*COMMUNES, "75120", "13055")), max_size=3))),
        "accepte_autre_commune": draw(maybe(st.booleans())),
        "nb_personnes": persons,
        "nb_a_charge": draw(maybe(st.integers(0, max(0, (persons or 4))))),
        "en_couple": draw(maybe(st.booleans())),
        "naissance": draw(maybe(births)),
        "conjoint_naissance": draw(maybe(births)),
        "nb_carte_invalidite": draw(maybe(st.integers(0, 2))),
        "rfr_n2_eur": draw(income),
        "rfr_n1_eur": draw(income),
        "rfr_n2_annee": draw(maybe(st.sampled_from([2023, 2024]))),
        "handicap": draw(maybe(st.booleans())),
        "ascenseur": draw(maybe(st.booleans())),
        "rez_de_chaussee_seul": draw(maybe(st.booleans())),
        "ressources_mensuelles_cent": draw(
            maybe(st.sampled_from([0, 100_000, 136_363, 136_364, 142_857, 150_000]))
        ),
        "loyer_max_cent": draw(maybe(st.sampled_from([29_999, 30_000, 44_999, 45_000]))),
    }


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The same requests as a table, in the types of the registry."""
    sizes = colonne("typologies")
    held = [
        {**row, "typologies": None if row["typologies"] is None else sizes.mask(list(row["typologies"]))}
        for row in rows
    ]
    types = schema("demandes").polars
    made = pl.DataFrame(
        held, schema={nom: types[nom] for nom in COLONNES if nom != "numero_unique"}, orient="row"
    )
    numbers = pl.Series("numero_unique", [f"0671126{k:06d}67482" for k in range(len(rows))])
    return made.select(numbers, pl.all())
