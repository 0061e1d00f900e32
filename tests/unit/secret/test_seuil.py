from __future__ import annotations

import re

import pytest

from palier.engines.secret import SEUIL, is_publishable, mask


@pytest.mark.parametrize(("n", "shown"), [(0, None), (1, None), (10, None), (11, 11), (12, 12)])
def test_groups_below_eleven_are_hidden(n: int, shown: int | None) -> None:
    assert SEUIL == 11
    assert mask(n) == shown
    assert is_publishable(n) is (shown is not None)


def test_the_threshold_is_written_once(racine) -> None:
    engines = racine / "src" / "palier" / "engines"
    comparison = re.compile(r"[<>]=?\s*1[01]\b|SEUIL\s*=")
    found = [
        path.name
        for path in engines.rglob("*.py")
        if path.parent.name in ("attente", "secret") or path.name == "position.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if comparison.search(line)
    ]
    assert found == ["seuil.py"]
