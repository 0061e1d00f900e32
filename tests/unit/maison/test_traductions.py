"""Each word that is said in French is said in English too, with the same values, and can be rendered."""

from __future__ import annotations

import io
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

FRANCAIS_SEUL = {"annexe"}  # the annex of the PPGDID is a legal document of a French authority


def domaine(path: Path) -> str:
    """Name what a catalogue speaks of: ``cotation`` for ``cotation.fr.po``, nothing for ``fr.po``."""
    return path.name.removesuffix(".po").rpartition(".")[0]


@cache
def catalogues(folder: Path, langue: str) -> dict[str, dict[str, str]]:
    """Words of each domain in a language."""
    found = {}
    for path in sorted(folder.glob("*.po")):
        if path.name.removesuffix(".po").rpartition(".")[2] == langue:
            read = read_po(io.StringIO(path.read_text(encoding="utf-8")), locale=langue)
            found[domaine(path)] = {str(m.id): str(m.string) for m in read if m.id}
    return found


@pytest.fixture(scope="module")
def folder(sources: Path) -> Path:
    return sources / "base" / "po"


def champs(texte: str) -> set[str]:
    """Values that a text awaits."""
    return {nom for _, nom, _, _ in string.Formatter().parse(texte) if nom is not None}


def ecarts(fr: dict[str, str], en: dict[str, str]) -> list[str]:
    """What differs between two catalogues of one domain."""
    found = [f"{code} : sans anglais" for code in fr.keys() - en.keys()]
    found += [f"{code} : sans français" for code in en.keys() - fr.keys()]
    found += [f"{code} : vide" for code in fr.keys() & en.keys() if not fr[code] or not en[code]]
    return found + [
        f"{code} : {sorted(champs(fr[code]))} en français, {sorted(champs(en[code]))} en anglais"
        for code in fr.keys() & en.keys()
        if champs(fr[code]) != champs(en[code])
    ]


def test_every_domain_is_seen(folder: Path) -> None:
    fr, en = catalogues(folder, "fr"), catalogues(folder, "en")
    assert {"", "att", "cli", "colonnes", "cotation"} <= set(fr)
    assert set(fr) - set(en) == FRANCAIS_SEUL
    assert len(list(folder.glob("*.po"))) == len(fr) + len(en)


def test_each_code_has_its_english_twin(folder: Path) -> None:
    fr, en = catalogues(folder, "fr"), catalogues(folder, "en")
    faults = {
        nom: sorted(found) for nom in set(fr) - FRANCAIS_SEUL if (found := ecarts(fr[nom], en.get(nom, {})))
    }
    assert not faults


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_no_code_is_said_in_two_ways(folder: Path, langue: str) -> None:
    said: dict[str, set[str]] = {}
    for words in catalogues(folder, langue).values():
        for code, text in words.items():
            said.setdefault(code, set()).add(text)
    assert {code: texts for code, texts in said.items() if len(texts) > 1} == {}


@pytest.mark.parametrize(
    ("fr", "en", "fault"),
    [
        ({"a": "x"}, {}, "a : sans anglais"),
        ({}, {"a": "x"}, "a : sans français"),
        ({"a": "x"}, {"a": ""}, "a : vide"),
        ({"a": "{n_mesure}"}, {"a": "{n} points"}, "a : ['n_mesure'] en français, ['n'] en anglais"),
        ({"a": "{x} et {y}"}, {"a": "{y} and {x}"}, None),
    ],
)
def test_what_differs_is_seen(fr: dict[str, str], en: dict[str, str], fault: str | None) -> None:
    assert ecarts(fr, en) == ([fault] if fault else [])
