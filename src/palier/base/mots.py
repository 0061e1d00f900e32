"""Words for all doors: renders codes and values with gettext catalogues.

Catalogues are ``base/po/<langue>.po`` (written by hand) and
``base/po/colonnes.<langue>.po`` (generated from the column registry). The
message id is a stable code; the French file is the reference.
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
from fractions import Fraction
from functools import cache

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from palier.base.exact import percent_text
from palier.base.explanation import Phrase, Valeur
from palier.base.ressources import list_packaged, read_packaged

LANGUES = ("fr", "en")
_MOIS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_NARROW, _NBSP = "\u202f", "\u00a0"


@cache
def _catalogue(langue: str) -> gettext.GNUTranslations:
    merged: gettext.GNUTranslations | None = None
    for name in list_packaged("palier.base", "po", f"{langue}.po"):
        catalog = read_po(io.StringIO(read_packaged("palier.base", name)), locale=langue)
        binary = io.BytesIO()
        write_mo(binary, catalog)
        binary.seek(0)
        loaded = gettext.GNUTranslations(binary)
        if merged is not None:
            loaded.add_fallback(merged)
        merged = loaded
    if merged is None:
        raise LookupError(f"aucun catalogue pour la langue {langue!r}")
    if langue != "fr":
        merged.add_fallback(_catalogue("fr"))
    return merged


def has(code: str, langue: str = "fr") -> bool:
    """Tell whether a code has words in this language or in French."""
    return _catalogue(langue).gettext(code) != code


def word(code: str, langue: str = "fr") -> str:
    """Return the words of a code without values; the code itself if unknown."""
    return _catalogue(langue).gettext(code)


def montant(cents: int) -> str:
    """Write an amount: 508,80 €, 1 300 €."""
    whole, rest = divmod(abs(cents), 100)
    sign = "\u2212" if cents < 0 else ""
    digits = nombre(whole)
    tail = f",{rest:02d}" if rest else ""
    return f"{sign}{digits}{tail}{_NBSP}€"


def nombre(value: int) -> str:
    """Write a whole number with narrow spaces and a true minus sign."""
    sign = "\u2212" if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", _NARROW)


def date_longue(day: dt.date, langue: str = "fr") -> str:
    """Write a date in words: 1er mars 2026."""
    if langue == "en":
        return f"{day.day}{_NBSP}{day.strftime('%B')}{_NBSP}{day.year}"
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{_NBSP}{_MOIS[day.month - 1]}{_NBSP}{day.year}"


def _write(name: str, value: Valeur, langue: str) -> str:
    if value is None:
        return word("valeur.inconnue", langue)
    if isinstance(value, bool):
        return word("valeur.oui" if value else "valeur.non", langue)
    if isinstance(value, list):
        if name.endswith("_ratio"):
            return percent_text(Fraction(int(value[0]), int(value[1])))
        if name.endswith("_code"):
            column, code = value
            return (
                word(f"code.{column}.{code}", langue) if has(f"code.{column}.{code}", langue) else str(code)
            )
        if name.endswith("_codes"):
            column, *codes = value
            return ", ".join(_write("x_code", [str(column), str(c)], langue) for c in codes) or "aucun"
        return ", ".join(str(item) for item in value)
    if isinstance(value, int):
        return montant(value) if name.endswith("_cent") else nombre(value)
    if name.endswith("_date"):
        return date_longue(dt.date.fromisoformat(value), langue)
    if name.endswith("_colonne"):
        return word(f"colonne.{value}", langue) if has(f"colonne.{value}", langue) else value
    return value


def render(phrase: Phrase | None, langue: str = "fr") -> str:
    """Turn a code and its values into words.

    Raises
    ------
    LookupError
        If the code has no words: a door must never show a bare code.
    """
    if phrase is None:
        return ""
    if not has(phrase.code, langue):
        raise LookupError(f"code sans mots : {phrase.code}")
    texts = {name: _write(name, value, langue) for name, value in phrase.valeurs.items()}
    return word(phrase.code, langue).format(**texts)
