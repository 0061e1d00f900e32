"""Words of columns and codes: complete, and up to date with the registry."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from palier.base.mots import LANGUES, has
from palier.tables import all_colonnes


@pytest.mark.parametrize("langue", LANGUES)
def test_every_column_and_code_has_words(langue: str) -> None:
    for nom, colonne in all_colonnes().items():
        assert has(f"colonne.{nom}", langue)
        assert all(has(f"code.{nom}.{code}", langue) for code in colonne.codes)


def test_the_catalogues_are_those_of_the_registry(racine: Path) -> None:
    done = subprocess.run([sys.executable, racine / "tools" / "make_po.py", "--verifier"], cwd=racine)
    assert done.returncode == 0, "lancez « python tools/make_po.py »"
