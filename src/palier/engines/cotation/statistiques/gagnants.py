"""The points with which homes were obtained: quartiles by sector and size, never of a small group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from palier.engines.cotation.statistiques.histogrammes import quartiles_of
from palier.engines.cotation.statistiques.masquage import TOUS, Motif, publishable


@dataclass(frozen=True, slots=True)
class Gagnants:
    """Points of the households housed in one sector and size; ``""`` is all of them.

    ``quartiles`` holds those of 25, 50, 75 that have enough households on both sides.
    """

    secteur: str
    typologie: str
    n: int
    quartiles: dict[int, int]


def publish_gagnants(rows: Iterable[tuple[str, str, int]]) -> tuple[Gagnants, ...]:
    """Return what may be told of the points that obtained a home.

    Parameters
    ----------
    rows : iterable of tuple
        Sector (may be empty), size and points of each household housed.

    Returns
    -------
    tuple of Gagnants
        By sector and size, all of them first; nothing under the threshold, nor what subtraction would give.

    Examples
    --------
    >>> [(g.typologie, g.n, g.quartiles) for g in publish_gagnants([("", "t3", p) for p in range(44)])]
    [('', 44, {25: 10, 50: 21, 75: 32}), ('t3', 44, {25: 10, 50: 21, 75: 32})]
    """
    motifs: Counter[Motif] = Counter()
    sums: dict[tuple[str, str], Counter[int]] = {}
    for secteur, typologie, total in rows:
        motifs[frozenset({secteur} - {TOUS}), frozenset({typologie})] += 1
        for place in {TOUS, secteur}:
            for size in (TOUS, typologie):
                sums.setdefault((place, size), Counter())[total] += 1
    return tuple(
        Gagnants(*file, sums[file].total(), quartiles_of(sums[file])) for file in sorted(publishable(motifs))
    )
