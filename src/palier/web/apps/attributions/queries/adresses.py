"""Addresses that are compared and never read: a keyed hash of what an envelope would say."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence

from palier.web.apps.demandes.chiffrement import mark
from palier.web.apps.demandes.models import Coordonnees

_MOTS = {"bd": "boulevard", "bld": "boulevard", "av": "avenue", "ave": "avenue", "r": "rue", "pl": "place",
         "ch": "chemin", "chem": "chemin", "imp": "impasse", "all": "allee", "st": "saint", "ste": "sainte",
         "rte": "route", "sq": "square"}  # fmt: skip
_VIDES = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "cedex", "france"}


def fold(adresse: str) -> str:
    """Write an address in one way: no accents, no capitals, usual short words in full.

    Examples
    --------
    >>> fold("12, Bd de l'Île-Saint-Denis, 67000 LYON") == fold("12 boulevard ile st denis 67000 lyon")
    True
    """
    marks = unicodedata.normalize("NFKD", adresse.lower())
    plain = "".join(sign for sign in marks if not unicodedata.combining(sign))
    words = [_MOTS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]
    return " ".join(word for word in words if word not in _VIDES)


def key_of(adresse: str) -> str:
    """Return the keyed hash of an address; empty for an address that says nothing."""
    folded = fold(adresse)
    return mark(folded) if any(sign.isdigit() for sign in folded) else ""


def addresses_of(demandes: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the mark of the address on file of some requests; those without one are left out."""
    rows = Coordonnees.objects.filter(demande_id__in=demandes).values_list("demande_id", "adresse")
    marks = {pk: key_of(" ".join(lines)) for pk, lines in rows}
    return {pk: found for pk, found in marks.items() if found}
