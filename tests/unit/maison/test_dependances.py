"""What the sources import is declared, and what is optional is imported where it serves."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

MODULES = {"pyyaml": "yaml", "python-docx": "docx", "markdown-it-py": "markdown_it"}  # where the names differ


def _declared(racine: Path) -> tuple[set[str], set[str]]:
    project = tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def modules(requirements: list[str]) -> set[str]:
        names = [re.split(r"[<>=\[ ;]", requirement)[0].lower() for requirement in requirements]
        return {MODULES.get(name, name.replace("-", "_")) for name in names}

    return modules(project["dependencies"]), modules(project["optional-dependencies"]["rapport"])


def imported(text: str) -> Iterator[tuple[str, bool]]:
    """Third-party modules that a source imports, and whether inside a function."""
    tree = ast.parse(text)
    inside = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING")
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top != "palier":
                yield top, id(node) in inside


def test_imports_are_declared(sources: Path, racine: Path) -> None:
    base, rapport = _declared(racine)
    faults = []
    for path in sources.rglob("*.py"):
        if "web" in path.relative_to(sources).parts:
            continue
        for name, lazy in imported(path.read_text(encoding="utf-8")):
            where = f"{path.relative_to(sources)} : {name}"
            if name not in base | rapport:
                faults.append(f"{where} n'est pas déclaré dans pyproject.toml")
            elif name not in base and not lazy:
                faults.append(f"{where} est facultatif : à importer dans la fonction qui s'en sert")
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import click.core", [("click", False)]),
        ("def f():\n    from matplotlib import pyplot", [("matplotlib", True)]),
        ("import os\nimport palier.base", []),
    ],
)
def test_imports_are_found(text: str, expected: list[tuple[str, bool]]) -> None:
    assert list(imported(text)) == expected
