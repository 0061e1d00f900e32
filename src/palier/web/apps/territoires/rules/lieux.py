"""A commune as checks want it: its names, its days, its box."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Boite:
    """Bounding box, in millionths of a degree (WGS84)."""

    ouest: int
    sud: int
    est: int
    nord: int


@dataclass(frozen=True, slots=True)
class CommuneConnue:
    """A code of commune, alive or ended.

    Parameters
    ----------
    code, nom : str
        INSEE code and name; the name of an ended code may be empty.
    codes_postaux : frozenset of str
        Empty when unknown.
    boite : Boite, optional
        None without outlines.
    debut, fin : date, optional
        First and last day; ``debut`` is None when the code is as old as what
        was loaded, ``fin`` is at the latest the eve of the edition that ended it.
    remplacee_par : str, optional
        ``67482 Strasbourg``: what to write instead.
    """

    code: str
    nom: str
    codes_postaux: frozenset[str] = frozenset()
    boite: Boite | None = None
    debut: dt.date | None = None
    fin: dt.date | None = None
    remplacee_par: str | None = None


def libelle(code: str, nom: str) -> str:
    """Write a code and its name for a person.

    Examples
    --------
    >>> libelle("67482", "Strasbourg")
    '67482 Strasbourg'
    """
    return f"{code} {nom}".strip()
