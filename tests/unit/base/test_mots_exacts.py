"""A threshold is written as it is, never rounded; what is rounded says so."""

from __future__ import annotations

from fractions import Fraction

import pytest

from palier.base.explanation import Phrase
from palier.base.mots import quantite, render

SEUILS = [
    ("ratio", "33/100", "33 %"),
    ("ratio", "67/200", "33,5 %"),
    ("ratio", "33333/100000", "33,333 %"),
    ("ratio", "5/13", "5/13, soit environ 38,46 %"),
    ("ratio", "1/3", "1/3, soit environ 33,33 %"),
    ("ratio", "3/2", "150 %"),
    ("cent", "50880", "508,80 €"),
    ("cent", "101761/2", "508,805 €"),
    ("points", "1/3", "1/3 point"),
    ("points", "7/3", "(2 + 1/3) points"),
    ("nombre", "1234567/1000000", "1,234567"),
]


@pytest.mark.parametrize(("unite", "valeur", "texte"), SEUILS)
def test_a_threshold_is_exact(unite: str, valeur: str, texte: str) -> None:
    said = quantite(unite, Fraction(valeur))
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == texte


def test_it_is_exact_in_english_too() -> None:
    assert quantite("ratio", Fraction(5, 13), "en").replace("\u202f", " ") == "5/13, about 38,46 %"


@pytest.mark.parametrize(
    ("code", "nom", "valeur", "texte"),
    [
        ("lu.rapport_environ", "valeur_ratio", [500, 1300], "environ 38,46 %"),
        ("lu.par_uc_environ", "valeur_centime", [22_800_000, 23], "environ 9 913,04 € par an"),
    ],
)
def test_what_is_read_and_rounded_says_so(code: str, nom: str, valeur: list[int], texte: str) -> None:
    said = render(Phrase(f"cotation.{code}", {nom: valeur, "parts_suite": []}))
    assert said.replace("\u00a0", " ").replace("\u202f", " ").startswith(texte)
