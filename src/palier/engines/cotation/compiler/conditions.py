"""Conditions as Polars expressions that keep Kleene's three values."""

from __future__ import annotations

import math
from functools import reduce
from operator import and_, or_

import polars as pl

from palier.engines.cotation.compiler.champs import FAUX, VRAI, Champs
from palier.engines.cotation.model.conditions import in_cents
from palier.engines.cotation.model.nodes import (
    Borne,
    Condition,
    Connu,
    Contient,
    Egal,
    Et,
    Mesure,
    Non,
    Ou,
    Parmi,
    Rapport,
    RefTable,
    Source,
)
from palier.tables import colonne


def condition(champs: Champs, node: Condition, fige: str | None = None) -> pl.Expr:
    """Return a boolean column, null where the answer is unknown, computed once."""
    if isinstance(node, Egal) and node.valeur is True and not colonne(node.colonne).derive:
        return pl.col(node.colonne)
    return champs.temporary(("si", node, fige), "si", lambda: _condition(champs, node, fige))


def _condition(champs: Champs, node: Condition, fige: str | None) -> pl.Expr:
    if isinstance(node, Et):
        return reduce(and_, [condition(champs, m, fige) for m in node.membres])
    if isinstance(node, Ou):
        return reduce(or_, [condition(champs, m, fige) for m in node.membres])
    if isinstance(node, Non):
        return ~condition(champs, node.membre, fige)
    if isinstance(node, Connu):
        known = champs.known(node.colonne, fige)
        if known is None:
            return VRAI if node.connu else FAUX
        return known if node.connu else ~known
    if isinstance(node, Egal):
        return _egal(champs, node, fige)
    if isinstance(node, Parmi):
        return reduce(or_, [champs.expr(node.colonne, fige) == _code(node.colonne, c) for c in node.codes])
    if isinstance(node, Contient):
        col = colonne(node.colonne)
        mask = pl.lit(col.mask(list(node.codes)), dtype=col.dtype)
        return (champs.expr(node.colonne) & mask) != pl.lit(0, dtype=col.dtype)
    return dans(champs, node.source, node.bornes, fige)


def _code(nom: str, code: str) -> pl.Expr:
    return pl.lit(code, dtype=colonne(nom).dtype)


def _egal(champs: Champs, node: Egal, fige: str | None) -> pl.Expr:
    value = champs.expr(node.colonne, fige)
    if isinstance(node.valeur, bool):
        return value if node.valeur else ~value
    if isinstance(node.valeur, str):
        return value == _code(node.colonne, node.valeur)
    return value == node.valeur


def dans(champs: Champs, source: Source, bornes: tuple[Borne, ...], fige: str | None) -> pl.Expr:
    """Return whether a measure or a ratio lies within bounds; null if unknown."""
    cents = in_cents(source)
    if isinstance(source, Mesure):
        return reduce(and_, [champs.compare(source.colonne, b, fige, cents) for b in bornes])
    inside = reduce(and_, [compare_ratio(champs, source, b, bornes, cents) for b in bornes])
    known = ratio_known(champs, source)
    return pl.when(known).then(inside)


def ratio_known(champs: Champs, source: Rapport) -> pl.Expr:
    """Tell whether a ratio has a value: both terms known, denominator positive."""
    return champs.temporary(("rapport", source), "rapport", lambda: _ratio_known(champs, source))


def _ratio_known(champs: Champs, source: Rapport) -> pl.Expr:
    terms = [champs.known(nom) for nom in source.colonnes]
    positive = (champs.expr(source.denominateur) > 0).fill_null(False)
    known = [t for t in terms[:1] if t is not None]
    return reduce(and_, [*known, positive])


def ratio_undefined(champs: Champs, source: Rapport) -> pl.Expr:
    """Tell whether a ratio has no meaning: something over zero."""
    zero = champs.expr(source.denominateur) == 0
    return (zero & (champs.expr(source.numerateur) > 0)).fill_null(False)


def compare_ratio(
    champs: Champs, source: Rapport, borne: Borne, others: tuple[Borne, ...], cents: bool
) -> pl.Expr:
    """Compare a ratio to a bound by products of integers, without a division.

    ``num / den >= p / q`` is ``num * q >= den * p`` for ``den > 0``. All bounds
    of one scale share the same multiple of the numerator.
    """
    top, bottom = (
        champs.temporary(("large", nom), f"large__{nom}", lambda nom=nom: champs.expr(nom).cast(pl.Int64))
        for nom in source.colonnes
    )
    if isinstance(borne.valeur, RefTable):
        scale, limit = champs.threshold(borne.valeur, cents)
        left, right = top * scale, bottom * limit
    else:
        values = [b.valeur for b in others if not isinstance(b.valeur, RefTable)]
        common = math.lcm(*(v.denominator for v in values))
        key = ("multiple", source.numerateur, common)
        left = champs.temporary(key, "multiple", lambda: top * common) if common != 1 else top
        right = bottom * int(borne.valeur * common)
    if borne.sens == "des":
        return left >= right
    if borne.sens == "plus_de":
        return left > right
    return left <= right if borne.sens == "jusqu_a" else left < right
