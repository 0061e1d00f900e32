"""Each code that the engine can raise is documented, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import yaml


def test_codes_are_documented(racine: Path) -> None:
    cotation = racine / "src/palier/engines/cotation"
    sources = [*cotation.glob("attente/*.py"), cotation / "position.py"]
    raised = set(re.findall(r'"(ATT-\d{3})"', "".join(path.read_text(encoding="utf-8") for path in sources)))
    documented = yaml.safe_load((racine / "src/palier/base/codes/att.yaml").read_text(encoding="utf-8"))
    assert raised == set(documented)
    for entry in documented.values():
        assert set(entry) == {"titre", "explication", "que_faire"}


def test_both_languages_have_the_same_messages(racine: Path) -> None:
    folder = racine / "src/palier/base/po"
    pattern = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
    french, english = (
        pattern.findall((folder / f"att.{langue}.po").read_text(encoding="utf-8")) for langue in ("fr", "en")
    )
    assert [code for code, _ in french] == [code for code, _ in english]
    for (_, here), (_, there) in zip(french, english, strict=True):
        assert set(re.findall(r"\{\w+\}", here)) == set(re.findall(r"\{\w+\}", there))
