"""What the sources import is declared, and what is optional is not needed to start."""

from __future__ import annotations

import ast
import re
import subprocess
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


def imported(text: str) -> Iterator[str]:
    """Third-party modules that a source imports."""
    for node in ast.walk(ast.parse(text)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names and top != "palier":
                yield top


def test_imports_are_declared(sources: Path, racine: Path) -> None:
    base, rapport = _declared(racine)
    faults = {
        f"{path.relative_to(sources)} importe {name}, qui n'est pas déclaré dans pyproject.toml"
        for path in sources.rglob("*.py")
        if "web" not in path.relative_to(sources).parts
        for name in imported(path.read_text(encoding="utf-8"))
        if name not in base | rapport
    }
    assert not faults, "\n".join(sorted(faults))


def test_the_command_line_starts_without_what_is_optional(racine: Path) -> None:
    _, rapport = _declared(racine)
    hide = f"import sys; sys.modules.update(dict.fromkeys({sorted(rapport - {'markdown_it'})!r}))"
    program = f"{hide}; from palier.cli import main; sys.exit(main(['--help']))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import click.core", ["click"]),
        ("def f():\n    from matplotlib import pyplot", ["matplotlib"]),
        ("import os\nimport palier.base", []),
    ],
)
def test_imports_are_found(text: str, expected: list[str]) -> None:
    assert list(imported(text)) == expected
