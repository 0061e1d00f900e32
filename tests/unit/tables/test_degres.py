"""Angles in degrees, and words that stand for a number: read alike by a file and by hand."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from palier.formats.nombres import parse_degrees, plain_degrees
from palier.tables import colonne
from palier.tables.valeurs import parse_valeur

LON = colonne("longitude")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.7466", "7.7466"),
        ("7,7466", "7.7466"),
        ("-61.5", "-61.5"),
        ("0", "0"),
        ("1050123,45", "1050123.45"),
        ("48.60530049", "48.6053"),
        ("abc", None),
        ("7°44'", None),
        ("1e2", None),
        ("", None),
        ("7.7.4", None),
    ],
)
def test_degrees_are_exact_to_the_millionth(text: str, value: str | None) -> None:
    read, faults = parse_degrees(pl.Series([text]))
    assert read[0] == (None if value is None else Decimal(value))
    assert (faults[0] is None) == (value is not None)
    quick = plain_degrees(pl.Series([text]))[0]
    assert quick in (None, read[0])
    if value is None and text:
        with pytest.raises(ValueError, match="degrés"):
            parse_valeur(LON, text)
    elif text:
        assert parse_valeur(LON, text) == Decimal(value or 0)


def test_spaces_and_a_degree_sign_are_let_go() -> None:
    read, _ = parse_degrees(pl.Series(["1 050 123,45", "7.7466°", "\u22127.5"]))
    assert read.to_list() == [Decimal("1050123.45"), Decimal("7.7466"), Decimal("-7.5")]


def test_the_words_of_a_storey() -> None:
    assert dict(colonne("etage").mots)["rdc"] == 0
    assert LON.dtype == pl.Decimal(16, 6)
