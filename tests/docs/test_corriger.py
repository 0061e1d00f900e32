"""The page of mistakes says true: each extract is refused with its message, each repair passes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from palier import law
from palier.base.errors import Problem, RuleFileError
from palier.engines.cotation.checks import check_grille
from palier.engines.cotation.model import parse_grille
from tests.unit.cotation.gabarit import DALO, texte

PAGE = (Path(__file__).parents[2] / "docs" / "guides" / "corriger-une-grille.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^### (?P<titre>.*?)$(?P<corps>.*?)(?=^#{2,3} |\Z)", re.MULTILINE | re.DOTALL)
EXTRAIT = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)
RACINE = ("departage", "hors_champ", "tables")


def grid(extract: str) -> str:
    key = re.match(r"\w+", extract)
    word = key[0] if key else ""
    place = "racine" if word in RACINE else {"classes": "systeme", "familles": "famille"}.get(word, "critere")
    text = "\n".join(line[2:] for line in extract.splitlines()[1:]) if place == "famille" else extract
    parts: dict[str, Any] = {place: text, "dalo": DALO}
    return texte(**parts)


def errors(extract: str) -> list[Problem]:
    try:
        return list(check_grille(parse_grille(grid(extract), "page"), LOI).erreurs)
    except RuleFileError as error:
        return list(error.problems)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


SECTIONS = [m for m in SECTION.finditer(PAGE) if EXTRAIT.search(m["corps"])]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda m: m["titre"])
def test_each_mistake_and_its_repair(section: re.Match[str]) -> None:
    wrong, *repairs = EXTRAIT.findall(section["corps"])
    codes = re.findall(r"COT-\d{3}", section["titre"])
    found = errors(wrong)
    assert {p.code for p in found} <= {*codes, "COT-016"}, found
    assert found
    quote = " ".join(re.findall(r"^> (.*)$", section["corps"], re.MULTILINE))
    assert quote
    assert any(quote in plain(f"{p.constat} {p.que_faire}") for p in found), found
    for repair in repairs:
        assert errors(repair) == []


def test_the_page_is_whole() -> None:
    assert len(SECTIONS) >= 18
