"""Numbers, amounts and French text as pages write them: tables of cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import yaml

from palier.web.components import ecriture
from palier.web.components.typographie import typographier_html
from tests.conftest import RACINE

CASES = RACINE / "tests" / "cases" / "components"
NOMBRES = yaml.safe_load((CASES / "ecriture.yaml").read_text(encoding="utf-8"))
TEXTES = yaml.safe_load((CASES / "typographie.yaml").read_text(encoding="utf-8"))


def _spaces(text: str) -> str:
    return text.replace("_", "\u00a0").replace("~", "\u202f")


def _check(found: str, row: dict[str, Any]) -> None:
    assert found == _spaces(row["attendu"]), row


@pytest.mark.parametrize("row", NOMBRES["montants"], ids=str)
def test_montant(row: dict[str, Any]) -> None:
    _check(ecriture.ecrire_montant(row["cents"], row.get("langue", "fr"), row.get("rond", False)), row)


@pytest.mark.parametrize("row", NOMBRES["nombres"], ids=str)
def test_nombre(row: dict[str, Any]) -> None:
    _check(ecriture.ecrire_nombre(row["valeur"], row.get("langue", "fr")), row)


@pytest.mark.parametrize("row", NOMBRES["parts"], ids=str)
def test_part(row: dict[str, Any]) -> None:
    _check(ecriture.ecrire_part(Fraction(row["part"]), row.get("langue", "fr"), row.get("decimales", 0)), row)


@pytest.mark.parametrize("row", NOMBRES["decimaux"], ids=str)
def test_decimal(row: dict[str, Any]) -> None:
    _check(ecriture.ecrire_decimal(Fraction(row["valeur"])), row)


@pytest.mark.parametrize("row", TEXTES, ids=lambda row: row["avant"])
def test_typographie(row: dict[str, str]) -> None:
    assert typographier_html(row["avant"]) == _spaces(row["apres"])


@pytest.mark.parametrize("row", TEXTES, ids=lambda row: row["avant"])
def test_typographie_deux_fois_comme_une(row: dict[str, str]) -> None:
    once = typographier_html(row["avant"])
    assert typographier_html(once) == once
