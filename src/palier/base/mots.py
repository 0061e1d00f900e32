"""Words for all doors: renders codes and values with gettext catalogues (``.po``).

Catalogues are ``base/po/<langue>.po`` (written by hand) and
``base/po/colonnes.<langue>.po`` (generated from the column registry). The
message id is a stable code; the French file is the reference.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cache

from palier.base.exact import percent_text, round_fraction
from palier.base.explanation import Phrase, Valeur
from palier.base.pofile import read_words
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
def _catalogue(langue: str) -> dict[str, str]:
    """Return all words of a language, French ones where it has none."""
    names = list_packaged("palier.base", "po", f"{langue}.po")
    if not names:
        raise LookupError(f"aucun catalogue pour la langue {langue!r}")
    found = {} if langue == "fr" else dict(_catalogue("fr"))
    for name in names:
        found |= read_words(read_packaged("palier.base", name))
    return found


def has(code: str, langue: str = "fr") -> bool:
    """Tell whether a code has words in this language or in French."""
    return code in _catalogue(langue)


def word(code: str, langue: str = "fr") -> str:
    """Return the words of a code without values; the code itself if unknown."""
    return _catalogue(langue).get(code, code)


def nom_de_table(code: str, langue: str = "fr") -> str:
    """Return the public name of a table of thresholds: ``loi:<id>``, or ``table:<id>`` of the grid."""
    kind, _, nom = code.partition(":")
    known = f"loi.{nom}"
    return word(known, langue) if kind == "loi" and has(known, langue) else nom.replace("_", " ")


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


def nombre_exact(value: Fraction) -> str:
    """Write an exact number: 10,5 if its decimals end, else 10 + 1/3."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    sign = "\u2212" if value < 0 else ""
    if not rest:
        return sign + nombre(whole)
    for places in range(1, 7):
        if 10**places % value.denominator == 0:
            return f"{sign}{nombre(whole)},{rest * 10**places // value.denominator:0{places}d}"
    part = f"{rest}/{value.denominator}"
    return f"{sign}({nombre(whole)} + {part})" if whole else sign + part


def part_exacte(value: Fraction, langue: str = "fr") -> str:
    """Write a share without rounding it: 33 %, 33,5 %, 5/13, soit environ 38,46 %."""
    percent = nombre_exact(value * 100)
    if "/" not in percent:
        return f"{percent}{_NARROW}%"
    fraction = f"{value.numerator}/{value.denominator}"
    return word("valeur.part", langue).format(fraction=fraction, pourcent=percent_text(value))


def montant_exact(cents: Fraction) -> str:
    """Write an amount without rounding it: 508,80 €, 508,805 €."""
    whole = cents.denominator == 1
    return montant(cents.numerator) if whole else f"{nombre_exact(cents / 100)}{_NBSP}€"


def quantite(unite: str, value: Fraction, langue: str = "fr") -> str:
    """Write a quantity with its unit, exact: 37 mois, 1 point, 33 %, 508,80 €.

    Units with words are ``unite.<unite>`` (one) and ``unite.<unite>.plusieurs``.
    """
    if unite == "cent":
        return montant_exact(value)
    if unite == "ratio":
        return part_exacte(value, langue)
    one = abs(value) < 2 if langue == "fr" else abs(value) == 1
    code = f"unite.{unite}" if one else f"unite.{unite}.plusieurs"
    return word(code, langue).format(n=nombre_exact(value)) if has(code, langue) else nombre_exact(value)


def _write(name: str, value: Valeur, langue: str) -> str:
    if value is None:
        return word("valeur.inconnue", langue)
    if isinstance(value, Phrase):
        return render(value, langue)
    if isinstance(value, bool):
        return word("valeur.oui" if value else "valeur.non", langue)
    if isinstance(value, list):
        return _write_list(name, value, langue)
    if isinstance(value, int):
        return montant(value) if name.endswith("_cent") else nombre(value)
    if name.endswith("_date"):
        return date_longue(dt.date.fromisoformat(value), langue)
    if name.endswith("_colonne"):
        return word(f"colonne.{value}", langue) if has(f"colonne.{value}", langue) else value
    return value


def _write_list(name: str, value: list[int] | list[str] | list[Phrase], langue: str) -> str:
    suffix = name.rpartition("_")[2]
    parts = [item for item in value if isinstance(item, Phrase)]
    if parts:
        joint = word(f"liste.{suffix}" if suffix in ("et", "ou") else "liste.suite", langue)
        return joint.join(render(part, langue) for part in parts)
    plain = [str(item) for item in value]
    if suffix == "ratio":
        return percent_text(Fraction(int(plain[0]), int(plain[1])))
    if suffix == "centime":
        return montant(round_fraction(Fraction(int(plain[0]), int(plain[1])), "demi_haut"))
    if suffix == "mesure":
        return quantite(plain[0], Fraction(int(plain[1]), int(plain[2]) if len(plain) > 2 else 1), langue)
    if suffix == "code":
        code = f"code.{plain[0]}.{plain[1]}"
        return word(code, langue) if has(code, langue) else plain[1]
    if suffix == "codes":
        written = [_write_list("x_code", [plain[0], code], langue) for code in plain[1:]]
        return ", ".join(written) or word("valeur.aucun", langue)
    if suffix == "colonnes":
        return ", ".join(_write("x_colonne", item, langue) for item in plain)
    return ", ".join(plain)


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
