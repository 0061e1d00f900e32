"""Contrast of the operator's accent colour (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re

from palier.web.reglages.lecture import Lecteur

ACCENT = "#0b5a5e"
_GROUNDS = {"blanc": "#ffffff", "plâtre": "#f7f4ee", "rampe clair": "#e4f0ee"}
_LEAST = 4.5


def luminance(couleur: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 to 1."""
    parts = [int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(une: str, autre: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(une), luminance(autre)))
    return (high + 0.05) / (low + 0.05)


def check_accent(lu: Lecteur, nom: str) -> str:
    """Return the accent colour; refuse one that cannot be read on our grounds."""
    value = lu.texte(nom, ACCENT).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", value):
        lu.refuse(nom, "Ce n'est pas une couleur.", "Écrivez six chiffres hexadécimaux, par exemple #0b5a5e.")
        return ACCENT
    for ground, colour in _GROUNDS.items():
        found = contrast(value, colour)
        if found < _LEAST:
            lu.refuse(
                nom,
                f"Le contraste sur {ground} est de {found:.1f} : du texte de cette couleur ne se lit pas.",
                f"Choisissez une couleur plus sombre (au moins {_LEAST}).",
                "SIT-003",
            )
            return ACCENT
    return value
