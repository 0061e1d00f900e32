"""Bands of points for the position strip: none holds fewer requests than the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from palier.engines.secret.seuil import SEUIL

_BANDES = 14


@dataclass(frozen=True, slots=True)
class Bande:
    """Requests whose points go from ``de`` to ``a``."""

    de: int
    a: int
    n: int


def bands_of(totaux: Mapping[int, int]) -> list[Bande]:
    """Return bands of consecutive points that hold each the threshold at least; none under it in all.

    Parameters
    ----------
    totaux : mapping of int to int
        How many requests have each number of points.

    Examples
    --------
    >>> [(b.de, b.a, b.n) for b in bands_of({0: 20, 5: 3, 9: 9, 12: 2})]
    [(0, 0, 20), (1, 12, 14)]
    >>> bands_of({4: 10})
    []
    """
    n = sum(totaux.values())
    if n < SEUIL:
        return []
    least = max(SEUIL, n // _BANDES)
    found: list[Bande] = []
    start, held = min(totaux), 0
    for points in sorted(totaux):
        held += totaux[points]
        if held >= least:
            found.append(Bande(start, points, held))
            start, held = points + 1, 0
    if held:  # what is left joins the last band
        last = found.pop()
        found.append(Bande(last.de, max(totaux), last.n + held))
    return found


def band_of(bandes: list[Bande], total: int) -> int | None:
    """Return the rank of the band of a number of points."""
    return next((k for k, band in enumerate(bandes) if total <= band.a), len(bandes) - 1 if bandes else None)
