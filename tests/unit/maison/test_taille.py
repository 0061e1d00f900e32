"""Small modules: nobody reads a file of a thousand lines."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

LIMIT = 500


def hidden(path: Path) -> bool:
    """Tell whether a path goes through a folder made by a tool, like ``.venv``."""
    return any(part.startswith(".") for part in path.parts)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_python_file_is_too_long(racine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [racine / name for name in ("src", "tests", "tools", "bench")]
    paths = [p for folder in folders for p in folder.rglob("*.py") if not hidden(p.relative_to(racine))]
    sizes = {p: _lines(p) for p in paths}
    long = [f"{p.relative_to(racine)} : {n} lignes" for p, n in sizes.items() if n > LIMIT]
    code = [n for p, n in sizes.items() if p.is_relative_to(racine / "src") and p.name != "__init__.py"]
    with capsys.disabled():
        print(f"\nModules de src : médiane {statistics.median(code):.0f} lignes, maximum {max(code)}")
    assert not long, "Fichiers à découper :\n" + "\n".join(long)


def test_base_stays_tiny(sources: Path) -> None:
    paths = [p for p in (sources / "base").rglob("*.py") if p.parent.name != "calendrier"]
    assert sum(map(_lines, paths)) < 1_500  # the legal clock, which everyone shares, is counted apart
    assert sum(_lines(p) for p in (sources / "base" / "calendrier").glob("*.py")) < 600
