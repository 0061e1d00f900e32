"""Exact intervals: cuts on the line of numbers, so that every bound has one side.

A cut stands just before (side 0) or just after (side 1) a number; an interval
lies between two cuts. For whole numbers every cut is brought just before a
whole number, so that « jusqu'à 3 » and « moins de 4 » are the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from palier.engines.cotation.checks.constats import value_text
from palier.engines.cotation.model.nodes import Borne, Mesure, Source
from palier.tables import colonne

Coupe = tuple[int, Fraction, int]
Intervalle = tuple[Coupe, Coupe]

MOINS_INFINI: Coupe = (-1, Fraction(0), 0)
PLUS_INFINI: Coupe = (1, Fraction(0), 0)
TOUT: Intervalle = (MOINS_INFINI, PLUS_INFINI)


@dataclass(frozen=True, slots=True)
class Domaine:
    """Values that a source can take, and whether they are whole numbers."""

    source: Source
    entier: bool
    intervalle: Intervalle


def domain_of(source: Source) -> Domaine:
    """Return the values that the registry allows for a measure or a ratio.

    Measures are never negative unless the registry says so; a ratio has a positive denominator.
    """
    first = colonne(source.colonnes[0])
    low = Fraction(first.minimum or 0)
    if isinstance(source, Mesure):
        high = Fraction(first.maximum) if first.maximum is not None else None
        return Domaine(source, True, ((0, low, 0), (0, high + 1, 0) if high is not None else PLUS_INFINI))
    return Domaine(source, False, ((0, Fraction(0), 1 if low > 0 else 0), PLUS_INFINI))


def interval_of(sens: str, value: Fraction, entier: bool) -> Intervalle:
    """Return the values on the right side of one bound."""
    low, after = sens in ("des", "plus_de"), sens in ("plus_de", "jusqu_a")
    if entier:
        cut: Coupe = (0, Fraction(floor(value) + 1 if after else ceil(value)), 0)
    else:
        cut = (0, value, 1 if after else 0)
    return (cut, PLUS_INFINI) if low else (MOINS_INFINI, cut)


def meet(one: Intervalle, other: Intervalle) -> Intervalle:
    """Intersect two intervals."""
    return max(one[0], other[0]), min(one[1], other[1])


def is_empty(interval: Intervalle) -> bool:
    """Tell whether no value lies inside."""
    return interval[0] >= interval[1]


def complement(interval: Intervalle) -> list[Intervalle]:
    """Return what lies outside, in at most two intervals."""
    parts = [(MOINS_INFINI, interval[0]), (interval[1], PLUS_INFINI)]
    return [part for part in parts if not is_empty(part)]


def interval_of_bornes(bornes: Sequence[Borne], values: Sequence[Fraction], entier: bool) -> Intervalle:
    """Intersect the sides of several bounds whose values are known."""
    found = TOUT
    for borne, value in zip(bornes, values, strict=True):
        found = meet(found, interval_of(borne.sens, value, entier))
    return found


@dataclass(frozen=True, slots=True)
class Tranche:
    """A stretch of the domain where the same bands apply."""

    intervalle: Intervalle
    bandes: tuple[int, ...]


def split(domain: Domaine, intervals: Sequence[Intervalle]) -> Iterator[Tranche]:
    """Cut a domain into the longest stretches covered by the same intervals."""
    start, end = domain.intervalle
    inside = [meet(i, domain.intervalle) for i in intervals]
    cuts = sorted({start, end, *(cut for i in inside if not is_empty(i) for cut in i)})
    for low, high in pairwise(cuts):
        yield Tranche((low, high), tuple(k for k, i in enumerate(inside) if i[0] <= low and high <= i[1]))


def single_value(interval: Intervalle, entier: bool) -> Fraction | None:
    """Return the only value of an interval, or None if it has several."""
    (low_rank, low, _), (high_rank, high, _) = interval
    if low_rank or high_rank:
        return None
    return low if high - low == (1 if entier else 0) else None


def interval_text(domain: Domaine, interval: Intervalle) -> str:
    """Say an interval: « les valeurs de 3 à 5 », « les valeurs au-dessus de 70 % »."""
    (low_rank, low, low_side), (high_rank, high, high_side) = interval
    only = single_value(interval, domain.entier)
    if only is not None:
        return f"la valeur {value_text(domain.source, only)}"
    if domain.entier:
        high, low_side, high_side = high - 1, 0, 1
    start = f"{'à partir de' if low_side == 0 else 'au-dessus de'} {value_text(domain.source, low)}"
    stop = f"{'jusqu’à' if high_side == 1 else 'sous'} {value_text(domain.source, high)}"
    if domain.entier and not low_rank and not high_rank:
        return f"les valeurs de {value_text(domain.source, low)} à {value_text(domain.source, high)}"
    parts = [start] if not low_rank else []
    parts += [stop + (" compris" if high_side == 1 else "")] if not high_rank else []
    return f"les valeurs {' et '.join(parts)}" if parts else "toutes les valeurs"
