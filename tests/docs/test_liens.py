"""Relative links of the documentation and of the root pages lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")


def _pages(racine: Path) -> list[Path]:
    return sorted([*racine.glob("*.md"), *(racine / "docs").rglob("*.md")])


def broken(page: Path, text: str) -> list[str]:
    """Return the relative targets of a page that do not exist."""
    prose = CODE.sub("", FENCE.sub("", text))
    targets = [link.split("#")[0] for link in LINK.findall(prose) if not re.match(r"[a-z]+:|#", link)]
    return [target for target in targets if not (page.parent / target).exists()]


def test_links_resolve(racine: Path) -> None:
    found = {
        str(p.relative_to(racine)): bad
        for p in _pages(racine)
        if (bad := broken(p, p.read_text(encoding="utf-8")))
    }
    assert not found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](absent.md)", ["absent.md"]),
        ("[a](absent.md#b)", ["absent.md"]),
        ("[a](https://exemple.fr)", []),
        ("`[a](absent.md)`", []),
        ("```text\n[a](absent.md)\n```\n", []),
        ("[a](test_liens.py)", []),
    ],
)
def test_a_broken_link_is_seen(text: str, expected: list[str]) -> None:
    assert broken(Path(__file__), text) == expected
