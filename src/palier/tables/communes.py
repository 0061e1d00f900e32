"""The commune codes of the official list of a year, and where the former ones have gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from palier.base.ressources import read_packaged


@dataclass(frozen=True, slots=True)
class Communes:
    """Codes known at a date.

    Parameters
    ----------
    millesime : date
        The day of the list.
    codes : frozenset of str
        Communes and municipal districts (75056 and 75101 are both known).
    anciennes : mapping of str to str
        Code of a commune that has joined another one, with the code of that one.
    """

    millesime: dt.date
    codes: frozenset[str]
    anciennes: Mapping[str, str]


@cache
def communes() -> Communes:
    """Return the packaged list.

    References
    ----------
    Code officiel géographique, Insee; written by ``tools/make_communes.py``.
    """
    text = read_packaged("palier.tables", "communes.txt")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    (_, day), *body = lines
    cut = body.index(["anciens"])
    codes = {
        f"{head}{number:03d}"
        for head, *parts in body[:cut]
        for part in parts
        for number in range(int(part[:3]), int(part[-3:]) + 1)
    }
    former = {f"{head}{part[:3]}": part[4:] for head, *parts in body[cut + 1 :] for part in parts}
    return Communes(dt.date.fromisoformat(day), frozenset(codes), former)
