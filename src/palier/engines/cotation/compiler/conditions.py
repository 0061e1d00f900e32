"""Conditions as Polars expressions that keep Kleene's three values."""

from __future__ import annotations

import math
from functools import partial, reduce
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
    Sens,
    Source,
)
from palier.tables import colonne
from palier.tables.choix import literal
from palier.tables.derive import MULTIPLES


def condition(champs: Champs, node: Condition, fige: str | None = None, once: bool = False) -> pl.Expr:
    """Return a boolean column, null where the answer is unknown, computed once.

    With ``once`` the test is read in one place only and is not worth a column.
    """
    key = ("si", node, fige)
    if once and key not in champs.noms:
        return _condition(champs, node, fige)
    return champs.temporary(key, "si", lambda: _condition(champs, node, fige))


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
        mask = literal(col.mask(list(node.codes)), col.dtype)
        return (champs.expr(node.colonne) & mask) != literal(0, col.dtype)
    return dans(champs, node.source, node.bornes, fige)


def _code(nom: str, code: str) -> pl.Expr:
    return literal(code, colonne(nom).dtype)


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
    tests = [champs.known(source.numerateur)]
    if champs.positive(source.denominateur):
        tests.append(champs.known(source.denominateur))
    else:
        tests.append((champs.expr(source.denominateur) > 0).fill_null(False))
    held = [test for test in tests if test is not None]
    return reduce(and_, held) if held else VRAI


def ratio_undefined(champs: Champs, source: Rapport) -> pl.Expr | None:
    """Tell whether a ratio has no meaning: something over zero; None if it always has one."""
    if champs.positive(source.denominateur):
        return None
    zero = champs.expr(source.denominateur) == 0
    num, _ = MULTIPLES.get(source.numerateur, (source.numerateur, 1))
    return (zero & (champs.expr(num) > 0)).fill_null(False)


def compare_ratio(
    champs: Champs, source: Rapport, borne: Borne, others: tuple[Borne, ...], cents: bool
) -> pl.Expr:
    """Compare a ratio to a bound exactly, without dividing its terms.

    ``num / den >= p / q`` is ``num * q >= den * p`` for ``den > 0``. Where one
    product fits in 32 bits the other side stays as it is: ``num >=
    ceil(den * p / q)``, which is the same for whole numbers.
    """
    if isinstance(borne.valeur, RefTable):
        top, bottom = (
            champs.temporary(("large", nom), f"large__{nom}", partial(_large, champs, nom))
            for nom in source.colonnes
        )
        seuil = champs.threshold(borne.valeur, cents)
        inside = _wide(top * seuil.echelle, borne.sens, bottom * seuil.valeur)
        return inside if seuil.dedans is None else pl.when(seuil.dedans).then(inside)
    num, times = MULTIPLES.get(source.numerateur, (source.numerateur, 1))
    q, p = borne.valeur.denominator * times, borne.valeur.numerator
    shared = math.gcd(q, p)
    q, p = q // shared, p // shared
    top, bottom = champs.expr(num), champs.expr(source.denominateur)
    den = source.denominateur
    for dtype, room in ((pl.Int16(), 2**15), (pl.Int32(), 2**31)):
        if p <= 0 or not (_holds(num, room) and _holds(den, room)):
            continue
        if (most := champs.most(den)) is not None and most * p + q < room:
            return _divided(_as(top, num, dtype), borne.sens, _times(_as(bottom, den, dtype), p), q)
        if (most := champs.most(num)) is not None and most * q + p < room:
            product = _times(_as(top, num, dtype), q)
            return _divided(_as(bottom, den, dtype), _MIRROR[borne.sens], product, p)
    return _wide(top.cast(pl.Int64) * q, borne.sens, bottom.cast(pl.Int64) * p)


def _times(value: pl.Expr, factor: int) -> pl.Expr:
    return value if factor == 1 else value * factor


def _large(champs: Champs, nom: str) -> pl.Expr:
    return champs.expr(nom).cast(pl.Int64)


_ROOM: dict[pl.DataType, int] = {pl.UInt8(): 2**8, pl.Int16(): 2**15, pl.Int32(): 2**31}


def _holds(nom: str, room: int) -> bool:
    """Tell whether the type of a column never exceeds a width."""
    return _ROOM.get(colonne(nom).dtype, 2**63) <= room


def _as(value: pl.Expr, nom: str, dtype: pl.DataType) -> pl.Expr:
    return value if colonne(nom).dtype == dtype else value.cast(dtype)


_MIRROR: dict[Sens, Sens] = {"des": "jusqu_a", "plus_de": "moins_de", "jusqu_a": "des", "moins_de": "plus_de"}


def _wide(left: pl.Expr, sens: Sens, right: pl.Expr) -> pl.Expr:
    if sens == "des":
        return left >= right
    if sens == "plus_de":
        return left > right
    return left <= right if sens == "jusqu_a" else left < right


def _divided(value: pl.Expr, sens: Sens, product: pl.Expr, divisor: int) -> pl.Expr:
    """Compare ``value * divisor`` to a product by one division by a constant."""
    if divisor == 1:
        return _wide(value, sens, product)
    up = sens in ("des", "moins_de")
    return _wide(value, sens, (product + (divisor - 1) if up else product) // divisor)
