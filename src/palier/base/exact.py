"""Exact numbers: text to integers, fractions and cents, without floats.

A threshold of 33 % must split 16.83 / 51.00 on the right side, which binary
floats do not (``16.83 / 51.00 < 0.33`` in IEEE 754). All numbers that a person
writes go through here and become ``int`` or ``Fraction``.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

Arrondi = Literal["demi_haut", "inferieur", "superieur"]

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_FRACTION = re.compile(r"([+-]?\d+)/(\d+)")


def parse_exact(text: str) -> Fraction:
    """Read a number written by a person.

    Parameters
    ----------
    text : str
        ``12``, ``12.5``, ``12,5``, ``1 234``, ``33 %`` or ``3/2``.

    Returns
    -------
    Fraction
        The exact value; a percentage is divided by 100.

    Raises
    ------
    ValueError
        If the text is not a number (``nan``, ``inf`` and ``1e3`` are not).

    Examples
    --------
    >>> parse_exact("33 %")
    Fraction(33, 100)
    >>> parse_exact("3/2")
    Fraction(3, 2)
    """
    compact = text.translate(_SPACES).replace("\u2212", "-")
    percent = compact.endswith("%")
    if percent:
        compact = compact[:-1]
    if match := _FRACTION.fullmatch(compact):
        bottom = int(match[2])
        if bottom == 0:
            raise ValueError(f"dénominateur nul : {text!r}")
        value = Fraction(int(match[1]), bottom)
    elif _NUMBER.fullmatch(compact):
        value = Fraction(compact.replace(",", "."))
    else:
        raise ValueError(f"nombre illisible : {text!r}")
    return value / 100 if percent else value


def parse_integer(text: str) -> int:
    """Read a whole number, refusing decimals.

    Raises
    ------
    ValueError
        If the text is not a whole number.
    """
    value = parse_exact(text)
    if value.denominator != 1:
        raise ValueError(f"nombre entier attendu : {text!r}")
    return value.numerator


def parse_cents(text: str) -> int:
    """Read an amount in euros and return integer cents.

    Raises
    ------
    ValueError
        If the text is not a number, or has more than two decimals.

    Examples
    --------
    >>> parse_cents("1 234,50")
    123450
    """
    value = parse_exact(text.rstrip("€ \u00a0\u202f")) * 100
    if value.denominator != 1:
        raise ValueError(f"plus de deux décimales : {text!r}")
    return value.numerator


def round_fraction(value: Fraction, arrondi: Arrondi) -> int:
    """Round once, as the grid says.

    ``demi_haut`` is half up (2.5 to 3, -2.5 to -2), ``inferieur`` the floor,
    ``superieur`` the ceiling.
    """
    top, bottom = value.numerator, value.denominator
    if arrondi == "demi_haut":
        return (2 * top + bottom) // (2 * bottom)
    if arrondi == "inferieur":
        return top // bottom
    return -(-top // bottom)


def percent_text(value: Fraction) -> str:
    """Write a ratio as a French percentage: 33 %, 38,46 %."""
    hundred = value * 100
    if hundred.denominator == 1:
        return f"{hundred.numerator}\u202f%"
    scaled = round_fraction(hundred * 100, "demi_haut")
    sign = "\u2212" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 100)
    return f"{sign}{whole},{rest:02d}\u202f%"
