"""A home becomes Polars expressions: two masks per request, all reasons at once."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from palier.engines.recherche.model import MOTIFS, SIGNAUX, Regle
from palier.law.registre import LoiAu
from palier.tables import colonne
from palier.tables.derive import Contexte, derive

COLONNES = (
    "numero_unique",
    "date_depot_initial",
    "date_renouvellement",
    "statut",
    "typologies",
    "localisations",
    "accepte_autre_commune",
    "nb_personnes",
    "nb_a_charge",
    "en_couple",
    "naissance",
    "conjoint_naissance",
    "nb_carte_invalidite",
    "rfr_n2_eur",
    "rfr_n1_eur",
    "rfr_n2_annee",
    "handicap",
    "ascenseur",
    "rez_de_chaussee_seul",
    "ressources_mensuelles_cent",
    "loyer_max_cent",
)
AIDE, CATEGORIE = "__aide_cent", "__categorie"


def compile_regle(regle: Regle, loi: LoiAu) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return the expressions of the category, of the reasons and of the marks.

    Parameters
    ----------
    regle : Regle
        The home.
    loi : LoiAu
        The law at the day of the signature.

    Returns
    -------
    tuple of pl.Expr
        The category of the household, to be named ``CATEGORIE`` first, then the
        two masks. The columns read are ``COLONNES`` and ``AIDE``.
    """
    category = derive("categorie_menage", Contexte(regle.vacance.signature_le, loi)).alias(CATEGORIE)
    tests = dict(_tests(regle))
    return category, _mask(tests, MOTIFS, "motifs"), _mask(tests, SIGNAUX, "signaux")


def _mask(tests: dict[str, pl.Expr], codes: tuple[str, ...], name: str) -> pl.Expr:
    """Put the tests into bits; a test that is unknown is not true."""
    bits = [
        tests[code].fill_null(False).cast(pl.UInt16) * pl.lit(1 << place, dtype=pl.UInt16)
        for place, code in enumerate(codes)
        if code in tests
    ]
    return pl.sum_horizontal(bits).cast(pl.UInt16).alias(name)


def _tests(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    yield from _vie(regle)
    yield from _souhaits(regle)
    yield from _menage(regle)
    yield from _revenus(regle)
    yield from _besoins(regle)
    yield from _effort(regle)


def _vie(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    filed, renewed = pl.col("date_depot_initial"), pl.col("date_renouvellement")
    yield "radiee", pl.col("statut") == "radiee"
    yield "attribuee", pl.col("statut") == "attribuee"
    yield "posterieure", filed > regle.vacance.seance_le
    yield "expiree", renewed < regle.vivante_depuis
    yield "manque_renouvellement", renewed.is_null() & (filed < regle.vivante_depuis)


def _souhaits(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    wished, sizes = pl.col("typologies").fill_null(0), colonne("typologies")
    asked = (wished & sizes.bit(regle.vacance.typologie)) != 0
    admitted = pl.lit(False)
    if regle.admise is not None:
        few = (pl.col("nb_personnes") <= regle.admise_max).fill_null(True)
        admitted = ((wished & sizes.bit(regle.admise)) != 0) & few
    yield "manque_typologie", wished == 0
    yield "typologie_admise", ~asked & admitted
    yield "typologie", (wished != 0) & ~asked & ~admitted
    places = pl.col("localisations")
    known = (places.list.len() > 0).fill_null(False)
    here = pl.any_horizontal(*(places.list.contains(c) for c in sorted(regle.communes))).fill_null(False)
    other = pl.col("accepte_autre_commune").fill_null(False)
    yield "manque_lieu", ~known
    yield "autre_commune", known & ~here & other
    yield "secteur", known & ~here & ~other


def _menage(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    persons = pl.col("nb_personnes")
    yield "manque_menage", persons.is_null() | pl.col(CATEGORIE).is_null()
    yield "menage_trop_petit", persons < regle.personnes_min
    if regle.personnes_max is not None:
        yield "menage_trop_grand", persons > regle.personnes_max
    enough = [n for n, area in enumerate(regle.surfaces) if area <= regle.vacance.surface_m2]
    if len(enough) < len(regle.surfaces):
        yield "surface", persons > enough[-1]


def _revenus(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    income, last = pl.col("rfr_n2_eur").cast(pl.Int64), pl.col("rfr_n1_eur").cast(pl.Int64)
    left = 1 - regle.baisse
    lower = (last * left.denominator <= income * left.numerator).fill_null(False)
    kept = pl.when(lower).then(last).otherwise(income)
    ceilings = pl.lit(pl.Series(regle.plafonds, dtype=pl.Int64))
    category = pl.col(CATEGORIE).clip(0, len(regle.plafonds) - 1)
    inside = pl.col(CATEGORIE) < len(regle.plafonds)
    yield "annee_revenu", pl.col("rfr_n2_annee") != regle.annee_revenu
    yield "manque_revenu_fiscal", income.is_null()
    yield "baisse_ressources", lower
    yield "plafond", inside & (kept > ceilings.gather(category))


def _besoins(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    home, handicap = regle.vacance, pl.col("handicap")
    if home.adapte:
        yield "manque_besoin", handicap.is_null()
        yield "sans_besoin", ~handicap
    elif home.accessible is not True:
        yield "besoin_adaptation", handicap
    if home.etage is not None and home.etage != 0:
        yield "rez_de_chaussee", pl.col("rez_de_chaussee_seul")
        if home.avec_ascenseur is False:
            yield "ascenseur", pl.col("ascenseur")


def _effort(regle: Regle) -> Iterator[tuple[str, pl.Expr]]:
    home, income = regle.vacance, pl.col("ressources_mensuelles_cent").cast(pl.Int64)
    yield "loyer_max", pl.col("loyer_max_cent") < home.loyer_cent
    if home.effort_max is not None:
        cost = home.loyer_cent + home.charges_cent - pl.col(AIDE).fill_null(0).cast(pl.Int64)
        known = (income > 0).fill_null(False)
        yield "manque_ressources", ~known
        bound = home.effort_max
        yield "effort", known & (cost * bound.denominator > income * bound.numerator)
