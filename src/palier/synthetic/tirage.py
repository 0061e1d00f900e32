"""Draws by tables of whole numbers: the same seed gives the same bytes on every machine.

A draw takes 16 random bits and reads a table of 65 536 entries, so no rounding
of a processor can change a result, and a draw costs one look-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tableau = NDArray[Any]
TAILLE = 1 << 16


def stream(graine: int, *cle: int) -> np.random.Generator:
    """Return the generator of one place: seed, table, chunk, module.

    Two places never share a stream, so adding a draw in one module, or
    generating one chunk alone, changes nothing elsewhere.
    """
    return np.random.default_rng(np.random.SeedSequence([graine, *cle]))


def _bits(rng: np.random.Generator, n: int) -> Tableau:
    return rng.integers(0, TAILLE, size=n, dtype=np.uint16)


def draw_chance(rng: np.random.Generator, n: int, taux: Fraction | Tableau) -> Tableau:
    """Draw ``n`` booleans.

    Parameters
    ----------
    rng : Generator
        Stream of the place.
    n : int
        Number of draws.
    taux : Fraction or array of uint32
        Probability, or one probability per row in 65 536ths.
    """
    seuil = threshold(taux) if isinstance(taux, Fraction) else taux
    return _bits(rng, n) < seuil


def threshold(taux: Fraction) -> Tableau:
    """Return a probability in 65 536ths, rounded to the nearest."""
    return np.asarray(int((taux * TAILLE * 2 + 1) // 2), dtype=np.uint32)


def _lut(poids: Sequence[Fraction]) -> Tableau:
    total = sum(poids, Fraction(0))
    bornes, cumul = [0], Fraction(0)
    for part in poids:
        cumul += part
        bornes.append(int((cumul / total * TAILLE * 2 + 1) // 2))
    return np.repeat(np.arange(len(poids), dtype=np.uint8), np.diff(bornes))


class Urne:
    """Draws a code among several, by stratum.

    Parameters
    ----------
    lignes : sequence of sequences of Fraction
        Weights of the codes, one line per stratum.
    """

    def __init__(self, lignes: Sequence[Sequence[Fraction]]) -> None:
        self.table = np.concatenate([_lut(ligne) for ligne in lignes])

    def draw(self, rng: np.random.Generator, n: int, strates: Tableau | None = None) -> Tableau:
        """Draw ``n`` indices of codes (uint8); ``strates`` holds one line number per row."""
        return self.table.take(_place(_bits(rng, n), strates))


class Echelle:
    """Draws a whole number along quantiles, by stratum.

    Parameters
    ----------
    lignes : sequence of mappings
        Percentage of the population (0 to 100) to value, one per stratum;
        straight lines between the points.
    """

    def __init__(self, lignes: Sequence[Mapping[int, int]]) -> None:
        self.table = np.concatenate([self._line(ligne) for ligne in lignes])

    @staticmethod
    def _line(points: Mapping[int, int]) -> Tableau:
        places = np.asarray([p * 2 * TAILLE // 100 for p in points], dtype=np.int64)
        valeurs = np.asarray(list(points.values()), dtype=np.int64)
        x = np.arange(TAILLE, dtype=np.int64) * 2 + 1
        i = np.searchsorted(places, x, side="right") - 1
        pas = (valeurs[i + 1] - valeurs[i]) * (x - places[i]) // (places[i + 1] - places[i])
        return np.asarray(valeurs[i] + pas, dtype=np.int32)

    def draw(self, rng: np.random.Generator, n: int, strates: Tableau | None = None) -> Tableau:
        """Draw ``n`` values (int32); ``strates`` holds one line number per row."""
        return self.table.take(_place(_bits(rng, n), strates))


def _place(bits: Tableau, strates: Tableau | None) -> Tableau:
    if strates is None:
        return bits
    return np.asarray(strates.astype(np.int32) * TAILLE + bits)


def draw_below(rng: np.random.Generator, bornes: Tableau) -> Tableau:
    """Draw, for each row, a whole number from 0 to ``borne - 1`` (0 where the bound is under 1)."""
    bits: Tableau = rng.integers(0, 1 << 32, size=len(bornes), dtype=np.uint32).astype(np.int64)
    return np.asarray(bits * np.maximum(bornes.astype(np.int64), 1) >> 32)
