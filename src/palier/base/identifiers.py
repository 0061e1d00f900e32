"""Identifiers of the field: unique number, INSEE commune, SIREN.

The unique number (NUR) has 18 characters, ``TTT MMYY NNNNNN GGGGG``: territory,
month and year of first filing, sequence, registering desk.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

COMMUNE = r"^(?:(?:0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}|97[1-8]\d{2}|98[4-9]\d{2})$"
NUMERO_UNIQUE = r"^\d{3}(0[1-9]|1[0-2])\d{2}\d{6}[0-9A-Z]{5}$"

_NUMERO = re.compile(r"(\d{3})(0[1-9]|1[0-2])(\d{2})(\d{6})([0-9A-Z]{5})")
_COMMUNE = re.compile(COMMUNE)


@dataclass(frozen=True, slots=True)
class NumeroUnique:
    """The parts of a unique number."""

    texte: str
    territoire: str
    mois: int
    annee: int
    sequence: str
    guichet: str

    def agrees_with(self, depot: dt.date) -> bool:
        """Tell whether month and year match the first filing (a warning only)."""
        return (self.mois, self.annee) == (depot.month, depot.year % 100)


def parse_numero_unique(text: str) -> NumeroUnique:
    """Split a unique number into its parts.

    Raises
    ------
    ValueError
        If the length or the pattern is wrong.

    Examples
    --------
    >>> parse_numero_unique("1110318016982G1104").guichet
    'G1104'
    """
    match = _NUMERO.fullmatch(text)
    if match is None:
        raise ValueError("numéro unique mal formé")
    territoire, mois, annee, sequence, guichet = match.groups()
    return NumeroUnique(text, territoire, int(mois), int(annee), sequence, guichet)


def is_commune(text: str) -> bool:
    """Tell whether the text has the shape of an INSEE commune code."""
    return _COMMUNE.fullmatch(text) is not None


def is_siren(text: str) -> bool:
    """Tell whether the text is a SIREN: nine digits with a valid Luhn key."""
    if re.fullmatch(r"\d{9}", text) is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
