"""Runner of the cases of the law: answers, refusals, malformed files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from palier import law
from palier.base.errors import LoiError
from palier.base.exact import parse_exact
from palier.law.parse import parse_fiche

ICI = Path(__file__).parent

SCALAIRE = """\
libelle: Délai
unite: mois
valeurs:
  - du: 2020-01-01
    au: 2020-12-31
    verifie: oui
    reference: {texte: décret, url: "https://exemple.fr"}
    valeur: 10
  - du: 2021-01-01
    verifie: non
    reference: {texte: décret}
    valeur: 11
verifie_le: 2026-11-23
verifie_par: Palier
rythme: stable
"""
TABLE = """\
libelle: Surface
unite: m2
dimensions: [nb]
prolonge: {dimension: nb, apres: 2, par: plus}
valeurs:
  - du: 2020-01-01
    verifie: non
    reference: {texte: décret}
    table: %s
verifie_le: 2026-11-23
verifie_par: Palier
rythme: stable
notes: aucune
"""


def cases(name: str) -> list[Any]:
    rows = yaml.load((ICI / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return [pytest.param(row, id=row["nom"]) for row in rows]


def read(case: dict[str, Any]) -> Any:
    loi = law.at(dt.date.fromisoformat(case["au"]), non_verifie=case.get("non_verifie") == "oui")
    if "somme" in case:
        return sum(loi.lookup(case["id"], tuple(cle)) for cle in case["somme"])
    return loi.lookup(case["id"], tuple(case["cle"])) if "cle" in case else loi.nombre(case["id"])


@pytest.mark.parametrize("case", cases("lectures.yaml"))
def test_the_law_answers(case: dict[str, Any]) -> None:
    wanted = case["attendu_texte"] if "attendu_texte" in case else parse_exact(case["attendu"])
    found = read(case)
    assert found == wanted
    assert not isinstance(found, float)


@pytest.mark.parametrize("case", cases("refus.yaml"))
def test_the_law_refuses(case: dict[str, Any]) -> None:
    with pytest.raises(LoiError) as caught:
        read(case)
    assert [problem.code for problem in caught.value.problems] == case["code"].split()
    assert case["dit"] in str(caught.value)
    assert caught.value.exit_code == 12


@pytest.mark.parametrize("case", cases("fichiers.yaml"))
def test_a_malformed_file_is_refused_with_all_its_problems(case: dict[str, Any]) -> None:
    text = case.get("remplace", TABLE % case["table"] if "table" in case else SCALAIRE)
    if "cherche" in case:
        assert case["cherche"] in text
        text = text.replace(case["cherche"], case["par"], 1)
    with pytest.raises(LoiError) as caught:
        parse_fiche(text, "essai", "theme", "essai.yaml")
    assert {problem.code for problem in caught.value.problems} == {"LOI-005"}
    assert all(problem.ou.startswith("essai.yaml") for problem in caught.value.problems)
    for words in case["dit"]:
        assert words in str(caught.value)


def test_the_models_of_the_malformed_files_are_sound() -> None:
    assert len(parse_fiche(SCALAIRE, "essai", "theme", "essai.yaml").valeurs) == 2
    table = parse_fiche(TABLE % '{"1": 3, "2": 4, plus: 1}', "essai", "theme", "essai.yaml").valeurs[0]
    assert table.cell(("5",)) == 7
