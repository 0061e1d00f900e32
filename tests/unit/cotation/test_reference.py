"""The reference engine says what the text of the grid language says."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.strategies_cotation import Doc
from tests.unit.cotation.outils_reference import lire_cas, noter

CASES = [*lire_cas("semantique.yaml"), *lire_cas("etats.yaml")]


@pytest.mark.parametrize("cas", CASES, ids=[c["nom"] for c in CASES])
def test_case(cas: Doc) -> None:
    _, ligne = noter(cas)
    found = {
        "etat": ligne.etat, "motif": ligne.motif_etat, "systeme": ligne.systeme, "classe": ligne.classe,
        "rang": ligne.classe_rang, "total": ligne.total, "verifie": ligne.total_verifie,
        "manque": list(ligne.manque),
    }  # fmt: skip
    wanted = dict(cas["attendu"])
    points = wanted.pop("points", {})
    assert {key: _text(found[key]) for key in wanted} == {key: _text(value) for key, value in wanted.items()}
    assert {key: _text(ligne.points[key]) for key in points} == {
        key: _text(value) for key, value in points.items()
    }


def _text(value: object) -> object:
    if isinstance(value, list):
        return value
    return "" if value in (None, "null", "") else str(value)


def test_no_case_is_written_twice() -> None:
    names = [cas["nom"] for cas in CASES]
    assert len(names) == len(set(names))


JUGEMENT = ("conditions", "mecanismes", "familles", "jugement")


def test_the_judgement_stays_readable(sources: Path) -> None:
    """At most 300 lines of code: signatures and statements, not docstrings, imports and blank lines."""
    total = 0
    for nom in JUGEMENT:
        tree = ast.parse((sources / f"engines/cotation/reference/{nom}.py").read_text(encoding="utf-8"))
        lines: set[int] = set()
        for node in ast.walk(tree):
            docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if (
                isinstance(node, ast.stmt)
                and not docstring
                and not isinstance(node, ast.Import | ast.ImportFrom)
            ):
                lines.add(node.lineno)
        total += len(lines)
    print(f"\nmoteur de référence : {total} instructions")
    assert total <= 300


@pytest.mark.parametrize("nom", ["import polars", "compiler", "palier.tables"])
def test_it_stands_alone(sources: Path, nom: str) -> None:
    for path in (sources / "engines/cotation/reference").glob("*.py"):
        imports = [line for line in path.read_text(encoding="utf-8").splitlines() if "import " in line]
        assert not [line for line in imports if nom in line]
