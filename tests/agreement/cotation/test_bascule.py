"""Flipping one comparison of the compiled engine makes the cases fail.

Each mutant replaces a comparison by its neighbour (>= by >, a ceiling by a
floor). The cases of the language must tell it from the true engine.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from palier.engines.cotation.compiler import champs, conditions
from palier.tables import jours
from tests.agreement.cotation.test_accord_cas import CASES
from tests.agreement.cotation.test_accord_cas import test_compiled_gives_what_the_reference_gives as judge

LARGE_STRICT = {"des": "plus_de", "plus_de": "des", "jusqu_a": "moins_de", "moins_de": "jusqu_a"}


def _flipped(true: Callable[..., Any], sens: str) -> Callable[..., Any]:
    """Turn one sense of comparison into its neighbour, the others left alone."""

    def compare(left: pl.Expr, given: str, right: Any, *rest: Any) -> Any:
        return true(left, LARGE_STRICT[given] if given == sens else given, right, *rest)

    return compare


def _shifted_bound(sens: str, step: int) -> Callable[[str, Fraction], tuple[str, int]]:
    true = champs.integer_bound

    def bound(given: str, valeur: Fraction) -> tuple[str, int]:
        made, value = true(given, valeur)  # type: ignore[arg-type]
        return made, value + (step if given == sens else 0)

    return bound


def _later(au: Any, months: int) -> Any:
    return _TRUE_DAY(au, months + 1)


_TRUE_DAY = jours.latest_day
MUTANTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    **{
        f"rapport, « {sens} » basculé": (conditions, "_wide", _flipped(conditions._wide, sens))
        for sens in ("des", "plus_de", "jusqu_a", "moins_de")
    },
    **{
        f"borne entière, « {sens} » décalée": (champs, "integer_bound", _shifted_bound(sens, step))
        for sens, step in (("des", 1), ("plus_de", -1), ("jusqu_a", -1), ("moins_de", 1))
    },
    "seuil de table, « jusqu_a » basculé": (champs, "_apply", _flipped(champs._apply, "jusqu_a")),
    "jour limite d'une ancienneté, un mois trop tôt": (champs, "latest_day", _later),
    "division vers le bas": (
        conditions,
        "_divided",
        lambda value, sens, product, divisor: conditions._wide(value, sens, product // divisor),
    ),
}


def _caught() -> int:
    """Count the cases that fail."""
    failures = 0
    for cas in CASES:
        try:
            judge(cas)
        except AssertionError:
            failures += 1
    return failures


@pytest.mark.parametrize("nom", MUTANTS)
def test_a_flipped_comparison_is_caught(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, name, mutant = MUTANTS[nom]
    monkeypatch.setattr(module, name, mutant)
    assert _caught() > 0


def test_the_true_engine_fails_no_case() -> None:
    assert _caught() == 0
