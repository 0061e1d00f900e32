"""Suspect the same home offered twice: both are kept, one is shown, an agent decides.

Two offers of one landlord with the same reference are one offer, updated; that
is not a suspicion. Here the landlords differ (a management contract, a sale of
stock): same address key, typology and storey, areas within one square metre.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from palier.base.lieux import make_cle

_VOIES = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard", "r": "rue",
    "pl": "place", "all": "allee", "imp": "impasse", "che": "chemin", "ch": "chemin", "rte": "route",
    "sq": "square", "res": "residence", "fg": "faubourg", "fbg": "faubourg", "crs": "cours", "q": "quai",
}  # fmt: skip
_BIS = {"b": "bis", "t": "ter"}
_NUMERO = re.compile(r"^(\d+) ?(bis|ter|quater|[a-z])?\b ?(.*)$")
ECART_M2 = 1


@dataclass(frozen=True, slots=True)
class Fiche:
    """What is compared of one offer; ``id`` is whatever names it for the caller."""

    id: Hashable
    bailleur: str
    commune_code: str
    adresse: str
    nature: str
    typologie: str | None
    surface_m2: int | None
    etage: int | None


@dataclass(frozen=True, slots=True)
class Suspect:
    """Two offers that may be one home; ``premier`` came first in the caller's order."""

    premier: Hashable
    second: Hashable


def address_key(adresse: str) -> str:
    """Reduce an address to what two landlords write alike.

    ``12 B R. de la Gare`` is ``12 bis rue de la gare``.

    Returns
    -------
    str
        Empty when the address holds no number: a street alone proves nothing.
    """
    match = _NUMERO.match(make_cle(adresse.partition("\n")[0]))
    if match is None:
        return ""
    number, letter, street = match.groups()
    words = street.split()
    if letter in _VOIES and words and letter not in _BIS:
        words, letter = [letter, *words], None
    if not words:
        return ""
    words[0] = _VOIES.get(words[0], words[0])
    return " ".join([number, *([_BIS.get(letter, letter)] if letter else []), *words])


def find_suspects(fiches: Iterable[Fiche]) -> list[Suspect]:
    """Return the pairs of offers of different landlords that may be one home.

    Parameters
    ----------
    fiches : iterable of Fiche
        Live offers, oldest first.

    Returns
    -------
    list of Suspect
        In the order of the second offer, then of the first; each pair once.
    """
    seen: dict[tuple[object, ...], list[Fiche]] = {}
    found = []
    for fiche in fiches:
        cle = address_key(fiche.adresse)
        if not cle or fiche.surface_m2 is None or fiche.typologie is None:
            continue
        same = seen.setdefault((fiche.commune_code, cle, fiche.nature, fiche.typologie, fiche.etage), [])
        for other in same:
            near = abs((other.surface_m2 or 0) - fiche.surface_m2) <= ECART_M2
            if near and other.bailleur != fiche.bailleur:
                found.append(Suspect(other.id, fiche.id))
        same.append(fiche)
    return found
