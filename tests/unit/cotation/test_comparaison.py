"""Why a score changed: one line per criterion that differs, and their sum."""

from __future__ import annotations

from typing import Any

import pytest

from palier.base.explanation import Explanation
from palier.engines.cotation.comparaison import explain_change
from tests.unit.cotation.gabarit import lue, texte

ANCIEN = lue(
    texte("handicap: {si: {handicap: oui}, points: 5}\nmineur: {si: {nb_mineurs: {des: 1}}, points: 2}")
)
NOUVEAU = lue(texte("handicap: {si: {handicap: oui}, points: 8}\nancien: {si: {age: {des: 65}}, points: 3}"))


def row(total: int | None, etat: str = "note", **points: int | None) -> dict[str, Any]:
    """Write a row of a score table."""
    return {"total": total, "etat": etat} | {f"pts__{nom}": value for nom, value in points.items()}


def change(avant: dict[str, Any], apres: dict[str, Any]) -> Explanation:
    """Explain the change from the old grid to the new one."""
    return explain_change(avant, apres, ANCIEN, NOUVEAU)


@pytest.mark.parametrize(
    ("avant", "apres", "lignes"),
    [
        (row(5, handicap=5), row(8, handicap=8), {"handicap": ("changement.points", 3)}),
        (row(5, handicap=5), row(5, handicap=5), {}),
        (row(0, handicap=None), row(8, handicap=8), {"handicap": ("changement.desormais", 8)}),
        (row(5, handicap=5), row(0, handicap=None), {"handicap": ("changement.plus", -5)}),
        (row(2, mineur=2), row(0), {"mineur": ("changement.retire", -2)}),
        (row(0), row(3, ancien=3), {"ancien": ("changement.ajoute", 3)}),
        (row(0, mineur=0), row(0, ancien=0), {}),
        (row(0, handicap=None), row(0, handicap=0), {}),
        (
            row(7, handicap=5, mineur=2),
            row(11, handicap=8, ancien=3),
            {
                "handicap": ("changement.points", 3),
                "mineur": ("changement.retire", -2),
                "ancien": ("changement.ajoute", 3),
            },
        ),
    ],
)
def test_each_criterion_that_differs_is_a_line(
    avant: dict[str, Any], apres: dict[str, Any], lignes: dict[str, tuple[str, int]]
) -> None:
    told = change(avant, apres)
    found = {line.code: (line.regle.code, line.points) for line in told.enfants if line.regle is not None}
    assert found == lignes
    assert told.points == apres["total"] - avant["total"]
    assert told.points == sum(line.points or 0 for line in told.enfants)


def test_both_totals_are_said() -> None:
    told = change(row(5, handicap=5), row(None, "hors_champ"))
    assert told.regle is not None
    assert told.regle.valeurs == {"avant_mesure": ["points", "5"], "apres_mesure": None}
    assert told.reference == NOUVEAU.deliberation


@pytest.mark.parametrize(("avant", "apres", "dit"), [("note", "note", False), ("note", "hors_champ", True)])
def test_a_state_is_said_only_if_it_changed(avant: str, apres: str, dit: bool) -> None:
    told = change(row(5, avant), row(5, apres))
    assert (told.lu is not None) is dit
