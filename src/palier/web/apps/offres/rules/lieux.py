"""Places as the rules need them: given by the caller, never read from a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Boite:
    """Bounding box of a commune, in millionths of a degree (WGS84)."""

    ouest: int
    sud: int
    est: int
    nord: int


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the official list.

    Parameters
    ----------
    code, nom : str
        INSEE code and name.
    codes_postaux : frozenset of str
        Empty when unknown: nothing is then said of the postal code.
    boite : Boite, optional
        None when the operator gave no outlines: the point is then not checked.
    debut, fin : date, optional
        First and last day of the code (``fin`` is the eve of a merger).
    remplacee_par : str, optional
        ``67482 Strasbourg``: what to write instead, shown to the person.
    """

    code: str
    nom: str
    codes_postaux: frozenset[str] = frozenset()
    boite: Boite | None = None
    debut: dt.date | None = None
    fin: dt.date | None = None
    remplacee_par: str | None = None


class Lieux(Protocol):
    """Where the rules look communes up."""

    def commune(self, code: str) -> Commune | None:
        """Return the commune that has, or had, this code; None if there never was one."""

    def communes_du_code_postal(self, code_postal: str) -> list[str]:
        """Return ``67482 Strasbourg`` and the like, to help who wrote a postal code."""
