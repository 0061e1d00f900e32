"""The page on delays says what the clock counts: its table, its Python."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import yaml

from palier import law
from palier.base.calendrier import count_delai
from palier.law.calendrier import calendrier, delai
from tests.conftest import RACINE

PAGE = (RACINE / "docs" / "explications" / "delais.md").read_text(encoding="utf-8")
CASES = {
    row["nom"]: row
    for row in yaml.safe_load((RACINE / "tests/cases/calendrier/echeances.yaml").read_text(encoding="utf-8"))
}
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| [^|]+ \| \d{4}-", line)
]
LOI = law.at(dt.date(2026, 11, 24), non_verifie=True)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_row_of_the_page_is_counted(row: list[str]) -> None:
    case = CASES[row[0]]
    found = count_delai(delai(LOI, case["delai"]), case["depart"], calendrier(LOI, "75"))
    last = "" if found.delai.effet == "terme" else found.limite.isoformat()
    assert row[1:] == [found.depart.isoformat(), found.terme.isoformat(), last, found.ouvert_le.isoformat()]


def test_the_page_shows_every_oracle() -> None:
    assert {name for name in CASES if name.startswith("PLA-")} <= {row[0] for row in ROWS}


def test_the_python_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "delais.md", "exec"), {})  # noqa: S102


def test_the_tables_that_the_page_names_exist() -> None:
    words = set(re.findall(r"`([a-z]+_[a-z_]+)`", PAGE))
    assert words
    assert words <= set(law.load().ids())
