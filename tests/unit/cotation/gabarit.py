"""A small sound grid where each test puts what it wants to judge."""

from __future__ import annotations

import textwrap

import pytest

from palier.base.errors import Problem, RuleFileError
from palier.engines.cotation.model import Grille, parse_grille

ENTETE = """\
palier: grille/1
id: essai
territoire: "246700488"
version: {du: 2026-01-01, statut: adoptee}
deliberation: {texte: "délibération inventée", le: 2025-11-14}
completude: complete
"""
DALO = "          dalo_reconnu: {si: {dalo: reconnu}, points: 50, preuve: etat}\n"


def texte(
    critere: str = "",
    *,
    racine: str = "",
    systeme: str = "",
    famille: str = "",
    regle: str = "somme",
    bornes: str = "",
    dalo: str = DALO,
    entete: str = ENTETE,
) -> str:
    """Assemble a grid: ``critere`` in a family, ``famille`` beside it, ``systeme`` and ``racine`` above."""
    found = entete + _dent(racine, 0) + "systemes:\n  primo:\n" + _dent(systeme, 4) + "    familles:\n"
    if dalo:
        found += "      priorites:\n        regle: somme\n        criteres:\n" + dalo
    if critere:
        found += f"      essai:\n        regle: {regle}\n{_dent(bornes, 8)}        criteres:\n" + _dent(
            critere, 10
        )
    return found + _dent(famille, 6)


def _dent(text: str, width: int) -> str:
    return textwrap.indent(textwrap.dedent(text).strip("\n") + "\n", " " * width) if text else ""


def lue(text: str) -> Grille:
    """Read a grid that must be well formed."""
    return parse_grille(text, "essai.yaml")


def refus(text: str) -> list[Problem]:
    """Return the problems of a grid that must be refused by the reader."""
    with pytest.raises(RuleFileError) as caught:
        parse_grille(text, "essai.yaml")
    return list(caught.value.problems)
