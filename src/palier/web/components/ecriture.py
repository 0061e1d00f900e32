"""Numbers, amounts and dates as each language of the site writes them; exact integers only."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from palier.base.exact import round_fraction
from palier.web.components.typographie import FINE, INSECABLE

MOINS = "\u2212"


@dataclass(frozen=True, slots=True)
class Usage:
    """How a language writes numbers.

    Parameters
    ----------
    milliers, decimale : str
        Separators.
    euro : str
        Pattern of an amount.
    part : str
        Pattern of a percentage.
    moins : str
        Sign of negative numbers; where the text runs from right to left, a mark keeps it before the digits.
    """

    milliers: str
    decimale: str
    euro: str
    part: str
    moins: str = MOINS


_USAGES = {
    "fr": Usage(FINE, ",", "{n}" + INSECABLE + "€", "{n}" + FINE + "%"),
    "en": Usage(",", ".", "€{n}", "{n}%"),
    "pt": Usage(INSECABLE, ",", "{n}" + INSECABLE + "€", "{n}%"),
    "ar": Usage(",", ".", "{n}" + INSECABLE + "€", "{n}%", "\u200e" + MOINS),
}


def usage(langue: str) -> Usage:
    """Return how a language writes numbers; French where unknown."""
    return _USAGES.get(langue[:2], _USAGES["fr"])


def ecrire_nombre(valeur: int, langue: str = "fr") -> str:
    """Write a whole number: 20 053 with narrow spaces, a true minus sign."""
    digits = f"{abs(valeur):,}".replace(",", usage(langue).milliers)
    return (usage(langue).moins if valeur < 0 else "") + digits


def ecrire_montant(cents: int, langue: str = "fr", rond: bool = False) -> str:
    """Write an amount of cents: 508,80 €.

    Parameters
    ----------
    cents : int
        Amount [cent].
    langue : str
        Language code.
    rond : bool
        Leave out the cents where there are none: 1 090 €.
    """
    how = usage(langue)
    whole, rest = divmod(abs(cents), 100)
    digits = ecrire_nombre(whole, langue)
    if rest or not rond:
        digits += f"{how.decimale}{rest:02d}"
    return (how.moins if cents < 0 else "") + how.euro.format(n=digits)


def ecrire_part(part: Fraction, langue: str = "fr", decimales: int = 0) -> str:
    """Write a share as a percentage, rounded half up: 94 %."""
    how = usage(langue)
    scaled = round_fraction(abs(part) * 100 * 10**decimales, "demi_haut")
    whole, rest = divmod(scaled, 10**decimales)
    digits = ecrire_nombre(whole, langue)
    if decimales:
        digits += f"{how.decimale}{rest:0{decimales}d}"
    return (how.moins if part < 0 and scaled else "") + how.part.format(n=digits)


def ecrire_decimal(valeur: Fraction, langue: str = "fr", decimales: int = 2) -> str:
    """Write an exact number with at most some decimals, rounded half up: 2,25."""
    scaled = round_fraction(abs(valeur) * 10**decimales, "demi_haut")
    whole, rest = divmod(scaled, 10**decimales)
    digits = ecrire_nombre(whole, langue)
    tail = f"{rest:0{decimales}d}".rstrip("0") if decimales else ""
    sign = usage(langue).moins if valeur < 0 and scaled else ""
    return sign + digits + (usage(langue).decimale + tail if tail else "")
