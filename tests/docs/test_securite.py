"""Each point of security has its proof, and each proof that the page names exists."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = "docs/explications/securite.md"


def test_chaque_point_a_une_preuve_ou_une_raison(racine: Path) -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (racine / PAGE).read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| ---", "| Point"))
    ]
    assert len(rows) > 30
    assert [row[0] for row in rows if len(row) != 3 or len(row[2]) < 12 or "à compléter" in row[2]] == []


def test_chaque_preuve_nommee_existe(racine: Path) -> None:
    text = (racine / PAGE).read_text(encoding="utf-8")
    known = {
        name
        for path in (racine / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = re.findall(r"`(test_[a-z0-9_]+)(…?)`", text)
    lost = [
        name + more
        for name, more in named
        if not (name in known or (more and any(full.startswith(name) for full in known)))
    ]
    assert lost == []
    assert len(named) > 40


def test_chaque_fichier_nomme_existe(racine: Path) -> None:
    text = (racine / PAGE).read_text(encoding="utf-8")
    for name in set(re.findall(r"`((?:[a-z0-9_]+/)*(?:test_[a-z0-9_]+\.py|[a-z_]+\.yaml))`", text)):
        places = (racine / name, racine / "tests" / name, racine / "tests" / "web" / name)
        assert any(place.is_file() for place in places), name
