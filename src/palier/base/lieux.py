"""The key of a place name: what a person types and what a table holds meet here."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_SEPARE = re.compile(r"[^0-9a-z]+")


def make_cle(nom: str) -> str:
    """Make the key under which a place is stored and searched.

    No accent, no case, no hyphen nor apostrophe; ``œ`` is ``oe``; ``st`` and
    ``ste`` as whole words are ``saint`` and ``sainte``. Making the key of a
    key changes nothing.

    Parameters
    ----------
    nom : str
        Name as written by anyone.

    Returns
    -------
    str
        Words in ASCII lower case, one space between them; empty if there is none.

    Examples
    --------
    >>> make_cle("L'Haÿ-les-Roses")
    'l hay les roses'
    >>> make_cle("STE-FOY-L’ARGENTIÈRE")
    'sainte foy l argentiere'
    """
    lowered = unicodedata.normalize("NFKD", nom).casefold().translate(_LIGATURES)
    letters = "".join(c for c in lowered if not unicodedata.combining(c))
    words = _SEPARE.sub(" ", letters).split()
    return " ".join(_ABREGES.get(word, word) for word in words)
