"""Deliberately wrong grids: each gives its codes, at its lines, in words that anybody understands.

The header of each file says what is expected: ``attendu`` (errors, exactly), ``averti``
(warnings among others) and ``dit`` (words that a message must hold).
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import cast

import pytest

from palier import law
from palier.base.errors import Problem, RuleFileError
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Table, load_strict
from palier.engines.cotation.catalogue import read_grille
from palier.engines.cotation.checks import check_grille, check_lue
from palier.engines.cotation.model import parse_grille, scan_grille

FOLDER = Path(__file__).parent.parent / "cases" / "cotation" / "grilles_fausses"
FILES = sorted(FOLDER.glob("*.yaml"))
AU = dt.date(2026, 11, 24)
JARGON = re.compile(
    r"\b(None|null|True|False|dict|list|tuple|str|int|float|Fraction|Texte|Table|Liste|node|column|key|"
    r"YAMLError|Traceback|error|bool|parse|schema|frozen|index)\b|<class|0x[0-9a-f]+|\d/\d{3,}"
)


def header(text: str, key: str) -> str:
    match = re.search(rf"^# {key}: (.*)$", text, re.MULTILINE)
    return match[1] if match else ""


def expected(text: str, key: str) -> set[tuple[str, int]]:
    return {(code, int(line)) for code, line in re.findall(r"(COT-\d{3}) ligne (\d+)", header(text, key))}


@cache
def judge(text: str, name: str) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    try:
        grille = parse_grille(text, name)
    except RuleFileError as error:
        return tuple(error.problems), ()
    found = check_grille(grille, law.at(AU, non_verifie=True))
    return found.erreurs, found.avertissements


def places(problems: tuple[Problem, ...]) -> set[tuple[str, int]]:
    return {(p.code, int(p.ou.rpartition(" ")[2])) for p in problems}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_wrong_grid_is_said(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    errors, warnings = judge(text, path.name)
    assert places(errors) == expected(text, "attendu"), "\n".join(map(str, errors))
    assert expected(text, "averti") <= places(warnings), "\n".join(map(str, warnings))
    said = "\n".join(str(p).replace("\u202f", " ").replace("\u00a0", " ") for p in (*errors, *warnings))
    wanted = header(text, "dit")
    assert wanted, path.name
    assert wanted.casefold() in said.casefold(), said


def test_enough_wrong_grids() -> None:
    refused = [p for p in FILES if header(p.read_text(encoding="utf-8"), "attendu")]
    assert len(refused) >= 34


def test_messages_are_for_people() -> None:
    for path in FILES:
        errors, warnings = judge(path.read_text(encoding="utf-8"), path.name)
        for problem in (*errors, *warnings):
            words = f"{problem.constat} {problem.que_faire}"
            assert not JARGON.search(words), words
            assert problem.constat[0].isupper() or problem.constat[0] in "«0123456789", words
            assert problem.constat.endswith((".", ")")), words
            assert len(problem.constat) >= 20, words
            assert problem.que_faire.endswith((".", "…", "?", "»")), words
            assert problem.ou.startswith(path.name), words


def test_each_code_met_is_documented() -> None:
    documented = set()
    for name in ("cot", "cot_exemples"):
        read = load_strict(read_packaged("palier.base", f"codes/{name}.yaml"), name, "COT")
        documented |= set(cast(Table, read.racine))
    met = {p.code for f in FILES for p in sum(judge(f.read_text(encoding="utf-8"), f.name), ())}
    assert met <= documented


def test_each_error_names_the_whole_file_at_once() -> None:
    text = (FOLDER / "60_plusieurs_defauts.yaml").read_text(encoding="utf-8")
    errors, _ = judge(text, "60_plusieurs_defauts.yaml")
    assert len({p.code for p in errors}) >= 5


def test_a_fault_of_form_hides_no_fault_of_sense() -> None:
    text = (FOLDER / "60_plusieurs_defauts.yaml").read_text(encoding="utf-8")
    sense, _ = judge(text, "grille.yaml")
    broken = re.sub(
        r"^( +)familles:\n",
        r"\g<0>\1  de_trop: {regle: somme, criteres: {faux: {si: {age: {des: 1}}}}}\n",
        text,
        count=1,
        flags=re.MULTILINE,
    )
    found = check_lue(scan_grille(broken, "grille.yaml"), law.at(AU, non_verifie=True))
    assert "COT-011" in {p.code for p in found}
    assert {p.code for p in sense} - {p.code for p in found} <= {"COT-036", "COT-046", "COT-057", "COT-058"}


def test_a_fault_of_form_invents_no_fault_of_sense() -> None:
    lines, loi = read_grille("demo-ems").splitlines(), law.at(AU, non_verifie=True)
    places = [
        i for i, line in enumerate(lines) if re.search(r"\b(points|si|plafond|regle|motif|par): ", line)
    ]
    assert len(places) > 60
    for place in places[:: max(1, len(places) // 40)]:
        wrong = re.sub(r"\b(points|si|plafond|regle|motif|par): ", r"\1x: ", lines[place], count=1)
        text = "\n".join([*lines[:place], wrong, *lines[place + 1 :]])
        found = check_lue(scan_grille(text, "grille.yaml"), loi)
        assert found
        assert {p.code for p in found} <= {"COT-010", "COT-011"}, "\n".join(map(str, found))


@pytest.mark.parametrize(("number", "code"), [("01", "COT-032"), ("25", "COT-039"), ("60", "COT-036")])
def test_the_command_line_refuses_them(number: str, code: str) -> None:
    (path,) = (p for p in FILES if p.name.startswith(number))
    command = [sys.executable, "-m", "palier.cli", "cotation", "verifier", "--au", AU.isoformat(), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 10, done.stderr
    assert "Traceback" not in done.stderr
    assert code in done.stderr
    for code, line in expected(path.read_text(encoding="utf-8"), "attendu"):
        assert code in done.stderr
        assert f"{path.name}, ligne {line}" in done.stderr
