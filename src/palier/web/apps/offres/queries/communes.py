"""The commune that an agent writes on the page of an offer: by name or code, never guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from palier.base.lieux import make_cle
from palier.web.apps.territoires.queries import commune_at, find_lieux

_CODE = re.compile(r"(?:^|\()\s*(\d{5}|\d[AB]\d{3})\s*\)?$", re.IGNORECASE)
_KINDS = frozenset({"commune", "arrondissement"})
_LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class CommuneEcrite:
    """What was understood: a code, or the communes among which it cannot be told."""

    code: str = ""
    proches: tuple[str, ...] = ()


def name_commune(code: str, au: dt.date) -> str:
    """Return « Schiltigheim (67447) », the code alone where the commune is not loaded."""
    found = commune_at(code, au) if code else None
    return f"{found.nom} ({code})" if found else code


def read_commune(saisie: str, au: dt.date) -> CommuneEcrite:
    """Return the commune that was written.

    Parameters
    ----------
    saisie : str
        Name, code, or both: « Schiltigheim (67300) ».
    au : date
        Day of the check.
    """
    text = " ".join(saisie.split())[:80]
    name = make_cle(_CODE.sub("", text))
    places = {place.code: place.nom for place in find_lieux(text, _LOOKED_AT) if place.genre in _KINDS}
    exact = {code: nom for code, nom in places.items() if make_cle(nom) == name}
    chosen = exact or places
    if (match := _CODE.search(text)) is not None:
        code = match[1].upper()
        known = commune_at(code, au)
        if known is not None and name:  # « Schiltigheim (67447) », as this page writes it
            return CommuneEcrite(code if make_cle(known.nom) == name else "", _names(chosen))
        if known is not None:  # five digits may be the INSEE code of one place and the postal code of others
            chosen = chosen | {code: known.nom}
    return CommuneEcrite(next(iter(chosen)) if len(chosen) == 1 else "", _names(chosen))


def _names(places: Mapping[str, str]) -> tuple[str, ...]:
    """Return the first places as they may be written here."""
    return tuple(f"{nom} ({code})" for code, nom in list(places.items())[:5])
