"""Counts that may be told: groups that reach the threshold, and the rest, which reaches it or is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any

from palier.engines.cotation.statistiques.masquage import TOUS, Motif, counts_of, publishable
from palier.engines.secret import is_publishable


def tell(codes: Iterable[str | None]) -> dict[str, Any]:
    """Count units by code.

    Parameters
    ----------
    codes : iterable of str or None
        One code a unit; None: unknown.

    Returns
    -------
    dict
        ``n``, or None where all of them are too few; ``groupes`` as [code, count], the largest first;
        ``reste``: those of the groups that are not told, 0 or enough.

    Examples
    --------
    >>> tell(["t2"] * 30 + ["t3"] * 12 + ["t4"] * 4)
    {'n': 46, 'groupes': [['t2', 30]], 'reste': 16}
    >>> tell(["t2"] * 10)
    {'n': None, 'groupes': [], 'reste': 0}
    """
    return tell_sets([code] if code else [] for code in codes)


def tell_sets(codes: Iterable[Iterable[str]], interdits: Collection[str] = ()) -> dict[str, Any]:
    """Count units that may have several codes, or none; ``reste`` are those of no told group.

    Parameters
    ----------
    interdits : collection of str
        Codes that are not told, whatever their number; an empty one forbids everything.
    """
    motifs: Counter[Motif] = Counter((frozenset[str](), frozenset(own) - {*interdits}) for own in codes)
    kept = publishable(motifs)
    if (TOUS, TOUS) not in kept or TOUS in interdits:
        return {"n": None, "groupes": [], "reste": 0}
    counts = counts_of(motifs)
    told = {code for _, code in kept if code}
    groups = [[code, counts[TOUS, code]] for code in sorted(told, key=lambda c: (-counts[TOUS, c], c))]
    rest = sum(n for (_, own), n in motifs.items() if told.isdisjoint(own))
    return {"n": counts[TOUS, TOUS], "groupes": groups, "reste": rest}


def tell_beyond(
    units: Sequence[tuple[Hashable, Iterable[str]]], dits: Mapping[Hashable, Mapping[str, Any]]
) -> dict[str, Any]:
    """Count units of which some were told before, so that subtracting gives no small group.

    Parameters
    ----------
    units : sequence of tuple
        The group that each unit belongs to, and its codes.
    dits : mapping
        What was told of some groups, each wholly among the units: results of :func:`tell`.
    """
    held = [frozenset(codes) for _, codes in units]
    counts = Counter(code for codes in held for code in codes)
    counts[TOUS] = len(held)
    for told in dits.values():
        counts[TOUS] -= told["n"] or 0
        for code, n in told["groupes"]:
            counts[code] -= n
    return tell_sets(held, {code for code, n in counts.items() if n and not is_publishable(n)})


def tell_pairs(pairs: Iterable[tuple[str, str]]) -> list[list[Any]]:
    """Count units along two codes: rows [first, second, count], an empty code being all of them."""
    motifs: Counter[Motif] = Counter((frozenset({one}), frozenset({two})) for one, two in pairs)
    kept, counts = publishable(motifs), counts_of(motifs)
    return [[one, two, counts[one, two]] for one, two in sorted(kept)]
