"""Pairs of requests that may be those of one household, each with its reasons; a person decides, never this.

Three blocks are compared: one birth date, one name, one lease. Inside a block names are close when they are
equal without accents, swapped, one inside the other, or one letter apart.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

NAISSANCE_NOM, NOM_DATE_PROCHE, COUPLE, BAIL = "naissance_nom", "nom_date_proche", "couple", "bail"
_BLOC_MAX = 200  # a block larger than this is a default value (1 January 1900), not a household


@dataclass(frozen=True, slots=True)
class Identite:
    """What is compared of a request."""

    id: Any
    nom: str
    prenom: str
    naissance: dt.date | None
    conjoint: dt.date | None
    bail: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Paire:
    """Two requests, and why they may be one: codes of reasons."""

    premiere: Any
    seconde: Any
    raisons: tuple[str, ...]


def find_pairs(fiches: Iterable[Identite]) -> list[Paire]:
    """Return the suspect pairs; the more reasons, the earlier, then in the order given."""
    rows = list(fiches)
    rank = {row.id: n for n, row in enumerate(rows)}
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for reason, first, second in _compared(rows):
        low, high = sorted((rank[first.id], rank[second.id]))
        found[low, high].add(reason)
    order = sorted(found, key=lambda pair: (-len(found[pair]), pair))
    return [Paire(rows[a].id, rows[b].id, tuple(sorted(found[a, b]))) for a, b in order]


def _compared(rows: list[Identite]) -> Iterator[tuple[str, Identite, Identite]]:
    for first, second in _blocks((row.naissance, row) for row in rows):
        if names_close(first, second):
            yield NAISSANCE_NOM, first, second
    for first, second in _blocks((_name_key(row), row) for row in rows):
        if dates_close(first.naissance, second.naissance):
            yield NOM_DATE_PROCHE, first, second
    for first, second in _blocks((_couple_key(row), row) for row in rows):
        if first.naissance != second.naissance:
            yield COUPLE, first, second
    for first, second in _blocks((row.bail, row) for row in rows):
        yield BAIL, first, second


def _blocks(keyed: Iterable[tuple[Hashable, Identite]]) -> Iterator[tuple[Identite, Identite]]:
    blocks: dict[Hashable, list[Identite]] = defaultdict(list)
    for key, row in keyed:
        if key is not None:
            blocks[key].append(row)
    for block in blocks.values():
        if len(block) <= _BLOC_MAX:
            yield from combinations(block, 2)


def _name_key(row: Identite) -> tuple[str, str] | None:
    names = key(row.nom), key(row.prenom)
    return names if all(names) else None


def _couple_key(row: Identite) -> tuple[dt.date, dt.date] | None:
    """Two persons of one couple that file each her request name the same two birth dates."""
    if row.naissance is None or row.conjoint is None:
        return None
    return min(row.naissance, row.conjoint), max(row.naissance, row.conjoint)


@lru_cache(100_000)
def key(texte: str) -> str:
    """Return a name without accents, case, spaces nor marks."""
    plain = unicodedata.normalize("NFKD", texte or "").encode("ascii", "ignore").decode().upper()
    return re.sub(r"[^A-Z]", "", plain)


def names_close(first: Identite, second: Identite) -> bool:
    """Tell whether two identities bear close names, swapped ones included."""
    a, b = (key(first.nom), key(first.prenom)), (key(second.nom), key(second.prenom))
    if not all((*a, *b)):
        return False
    return all(map(_close, a, b)) or a == (b[1], b[0])


def _close(a: str, b: str) -> bool:
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and (long.startswith(short) or long.endswith(short) or _one_apart(short, long))


def _one_apart(short: str, long: str) -> bool:
    """Tell whether one letter added, lost, changed or swapped with the next leads from one to the other."""
    if len(long) - len(short) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) != len(long):
        return short[start:] == long[start + 1 :]
    swapped = (
        short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
    )
    return swapped or short[start + 1 :] == long[start + 1 :]


def dates_close(first: dt.date | None, second: dt.date | None) -> bool:
    """Tell whether two dates are one, written wrong: day and month swapped, or one figure changed."""
    if first is None or second is None or first == second:
        return False
    if (first.year, first.month, first.day) == (second.year, second.day, second.month):
        return True
    return sum(x != y for x, y in zip(first.isoformat(), second.isoformat(), strict=True)) == 1
