"""Lists of words, and foreign words inside a sentence, as the language of the page writes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, get_language_bidi

_ISOLER, _FIN = "\u2068", "\u2069"  # first strong isolate, pop


def enumerer(mots: Iterable[str]) -> str:
    """Join words in a list: « balcon, cave »."""
    return ("، " if get_language() == "ar" else ", ").join(mots)


def isoler(texte: str) -> str:
    """Keep a name or an address whole where the page runs from right to left: « 12 rue du Port » stays so."""
    return f"{_ISOLER}{texte}{_FIN}" if texte and get_language_bidi() else texte
