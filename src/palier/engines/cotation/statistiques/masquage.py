"""Which groups of a table by sector and size may be published.

Groups overlap: a request may wish two sizes and several sectors. A group is published if it holds
enough units, and if those of the group above that stand in no published group below are either
none or enough: otherwise they could be found by difference, and the smallest group below is hidden
too, until they cannot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from palier.engines.secret import is_publishable

TOUS = ""
File = tuple[str, str]
"""Sector and size; ``""`` is all of them."""
Motif = tuple[frozenset[str], frozenset[str]]
"""Sectors and sizes in which a unit stands; units of one pattern are alike for what is published."""


def counts_of(motifs: Mapping[Motif, int]) -> Counter[File]:
    """Count the units of every group.

    Parameters
    ----------
    motifs : mapping
        Number of units by pattern.
    """
    found: Counter[File] = Counter()
    for (secteurs, typologies), n in motifs.items():
        for secteur in (TOUS, *secteurs):
            for typologie in (TOUS, *typologies):
                found[secteur, typologie] += n
    return found


def publishable(motifs: Mapping[Motif, int]) -> frozenset[File]:
    """Return the groups that may be published.

    Parameters
    ----------
    motifs : mapping
        Number of units by pattern.

    Notes
    -----
    The remainder of a group is the units that stand in none of its published parts. It is looked
    at along each of the two axes, until nothing changes.
    """
    counts = counts_of(motifs)
    kept = {file for file, n in counts.items() if is_publishable(n)}
    while hidden := next(_exposed(motifs, counts, kept), None):
        kept.discard(hidden)
    return frozenset(kept)


def _exposed(motifs: Mapping[Motif, int], counts: Counter[File], kept: set[File]) -> Iterator[File]:
    """Yield the smallest part of each group whose remainder is too small to be told."""
    for parent in sorted(kept):
        for axe in (0, 1):
            if parent[axe] != TOUS:
                continue
            parts = [f for f in kept if f[axe] != TOUS and f[1 - axe] == parent[1 - axe]]
            rest = _remainder(motifs, parent, axe, {part[axe] for part in parts})
            if parts and rest and not is_publishable(rest):
                yield min(parts, key=lambda part: (counts[part], part))


def _remainder(motifs: Mapping[Motif, int], parent: File, axe: int, parts: set[str]) -> int:
    other = parent[1 - axe]
    return sum(
        n
        for motif, n in motifs.items()
        if (other == TOUS or other in motif[1 - axe]) and parts.isdisjoint(motif[axe])
    )
