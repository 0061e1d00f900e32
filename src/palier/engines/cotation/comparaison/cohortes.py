"""Cohorts of requests, for who rises and who falls when a grid changes."""

from __future__ import annotations

import datetime as dt

import polars as pl

from palier.engines.cotation.comparaison.quartile import Quartile, find_quartile
from palier.law import LoiAu
from palier.tables import colonne, schema
from palier.tables.choix import choose
from palier.tables.derive import Contexte, derive

FAMILLES = ("age", "taille", "composition", "priorite", "anciennete", "ressources", "systeme")
_AGES = ((25, "moins_25"), (35, "25_34"), (45, "35_44"), (60, "45_59"), (75, "60_74"))
_MOIS = ((12, "moins_1_an"), (36, "1_a_3_ans"), (60, "3_a_5_ans"))
INCONNU = "inconnu"
ORDRE = (  # in which a person reads them; others follow by name
    *(label for _, label in _AGES), "75_et_plus", "1", "2", "3", "4", "5_et_plus",
    "personne_seule", "parent_isole", "couple_sans_enfants", "couple_avec_enfants", "autre",
    "dalo", "autre_public", "sans_priorite",
    *(label for _, label in _MOIS), "5_ans_et_plus",
    "premier_quartile", "autres_quartiles", "primo", "mutation",
)  # fmt: skip


def cohorts(
    demandes: pl.DataFrame, au: dt.date, loi: LoiAu, territoire: str | None = None
) -> tuple[pl.DataFrame, Quartile]:
    """Place each request in one cohort of each family.

    Parameters
    ----------
    demandes : pl.DataFrame
        Table ``demandes``; absent columns give the cohort ``inconnu``.
    au : date
        Date of the comparison.
    loi : LoiAu
        Law of that date.
    territoire : str, optional
        SIREN of the EPCI, for its threshold of the first quartile.

    Returns
    -------
    pl.DataFrame
        ``numero_unique`` and one text column per family except ``systeme``.
    Quartile
        The threshold that ``ressources`` follows, and where it comes from.

    Raises
    ------
    LoiError
        LOI-003, LOI-004 if a value of the law is stale or unchecked.
    """
    types = schema("demandes").polars
    full = demandes.with_columns(
        pl.lit(None, dtype=t).alias(n) for n, t in types.items() if n not in demandes.columns
    )
    ctx = Contexte(au, loi)
    quartile = find_quartile(full, ctx, territoire)
    made = full.with_columns(
        __age=derive("age", ctx), __mois=derive("anciennete_mois", ctx), __isole=derive("parent_isole", ctx)
    ).with_columns(quartile.holds(ctx).alias("__q1"))
    labels = made.select(
        "numero_unique",
        age=_steps("__age", _AGES, "75_et_plus"),
        taille=_size(),
        composition=_composition(),
        priorite=_priority(),
        anciennete=_steps("__mois", _MOIS, "5_ans_et_plus"),
        ressources=choose(
            [(pl.col("__q1"), pl.lit("premier_quartile")), (~pl.col("__q1"), pl.lit("autres_quartiles"))],
            pl.lit(INCONNU),
        ),
    )
    return labels, quartile


def _steps(nom: str, steps: tuple[tuple[int, str], ...], last: str) -> pl.Expr:
    known = [(pl.col(nom) < limit, pl.lit(label)) for limit, label in steps]
    return choose([*known, (pl.col(nom).is_not_null(), pl.lit(last))], pl.lit(INCONNU))


def _size() -> pl.Expr:
    n = pl.col("nb_personnes")
    exact = [(n == k, pl.lit(f"{k}")) for k in range(1, 5)]
    return choose([*exact, (n >= 5, pl.lit("5_et_plus"))], pl.lit(INCONNU))


def _composition() -> pl.Expr:
    alone = pl.col("nb_personnes") == 1
    couple, dependants = pl.col("en_couple"), pl.col("nb_a_charge") >= 1
    return choose(
        [
            (alone, pl.lit("personne_seule")),
            (pl.col("__isole"), pl.lit("parent_isole")),
            (couple & dependants, pl.lit("couple_avec_enfants")),
            (couple & ~dependants, pl.lit("couple_sans_enfants")),
            (couple.is_not_null() & dependants.is_not_null(), pl.lit("autre")),
        ],
        pl.lit(INCONNU),
    )


def is_priority() -> pl.Expr:
    """Tell whether a request is of a priority public of L441-1, DALO included."""
    dalo = (pl.col("dalo") == pl.lit("reconnu", dtype=colonne("dalo").dtype)).fill_null(False)
    return dalo | ((pl.col("publics_valides") != 0).fill_null(False))


def _priority() -> pl.Expr:
    dalo = pl.col("dalo") == pl.lit("reconnu", dtype=colonne("dalo").dtype)
    return choose([(dalo, pl.lit("dalo")), (is_priority(), pl.lit("autre_public"))], pl.lit("sans_priorite"))
