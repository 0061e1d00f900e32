"""The explanations have words in each language, name nobody, and say the right numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from palier.base.explanation import Explanation
from palier.base.mots import has, render, word
from palier.engines.commission import (
    Comptes,
    Menage,
    check_dossiers,
    count_suites,
    explain_dossiers,
    explain_objectifs,
    explain_point,
    explain_quorum,
    explain_si_attribue,
    explain_vote,
    preview_point,
    read_objectifs,
    si_attribue,
)
from palier.engines.commission.run.objectifs import Suite
from tests.cases.commission import outils
from tests.cases.commission.outils import JOUR, LOI, NOMS, cases

DECISIONS = [
    {"numero": "n2", "code": "attribution_rang", "rang": 1},
    {"numero": "n1", "code": "attribution_rang", "rang": 2},
    {"numero": "n3", "code": "non_attribution", "motifs": ["DETTE"]},
]
POINT = {
    "presents": ["o1", "o2", "o3"], "oui": ["o1", "o2"], "decisions": DECISIONS, "ordre": ["n1", "n2", "n3"],
    "ecarts": [{"numero": "n1", "code": "URGENCE", "texte": "Expulsion le 3 décembre."}],
}  # fmt: skip


def said(tree: Explanation, langue: str = "fr") -> list[str]:
    """Every line in words."""
    found = []
    for _, line in tree.walk():
        assert line.lu is not None or has(line.code, langue)
        words = " ".join(render(p, langue) for p in (line.lu, line.regle) if p is not None)
        assert "{" not in words
        found.append(words or word(line.code, langue))
    return found


def closed(row: dict[str, Any]) -> Explanation:
    return explain_point(preview_point(outils.seance(row.get("seance")), outils.point(row), LOI))


def test_a_decided_home() -> None:
    assert said(closed(POINT)) == [
        "Séance du 24\u00a0novembre\u00a02026 : décidé",
        "Membres désignés par l’organisme présents : 3 sur 6 ; il en faut 3 Quorum atteint",
        "Demandes en vigueur au jour de la séance : 3, pour 3 demandées Le logement peut être examiné",
        "Oui : 2 ; non : 0 ; abstentions : 0 Proposition adoptée",
        "attribution avec rang : 2",
        "non-attribution : 1",
        "Écarts motivés à l’ordre de la cotation : 1",
    ]


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"presents": ["o1", "o2"]},
        {"oui": [], "non": ["o1"]},
        {"oui": ["o1"], "non": ["o2"]},
        {"seance": {"mode": "ecrite"}, "oui": ["o1", "o2", "o3", "maire", "prefet"]},
        {"seance": {"mode": "ecrite"}, "presents": [], "oui": ["o1", "o2"], "non": ["o3", "maire"]},
        {"dossiers": ["n1", "n2"]},
    ],
)
def test_every_closing_has_words_and_names_nobody(more: dict[str, Any], langue: str) -> None:
    text = " ".join(said(closed({**POINT, **more}), langue))
    assert text
    assert not any(numero in text for numero in NOMS.values())
    assert "o1" not in text.split()


@pytest.mark.parametrize("langue", ["fr", "en"])
@pytest.mark.parametrize("row", cases("dossiers.yaml"), ids=lambda row: row["nom"])
def test_the_three_file_rule_is_said(row: dict[str, Any], langue: str) -> None:
    files = [outils.dossier(d) for d in row["dossiers"]]
    home = outils.logement(**row.get("logement", {}))
    seen = check_dossiers(home, files, JOUR, LOI, outils.recherche(row.get("recherche")))
    tree = explain_dossiers(seen)
    assert len(said(tree, langue)) == 1 + len({why for _, why in seen.ecartes}) + (seen.exception is not None)
    assert str(seen.n) in said(tree, langue)[0]


@pytest.mark.parametrize("departage", ["maire", "president", "aucun"])
def test_a_tie_says_what_settled_it(departage: str) -> None:
    made = preview_point(outils.seance(), outils.point({**POINT, "non": ["o3"]}), LOI).vote
    assert made is not None
    lines = said(explain_vote(replace(made, departage=departage)))  # type: ignore[arg-type]
    assert "Partage" in lines[1]


def test_a_college_quorum_is_said() -> None:
    rule = {"quorum": {"base": "college", "part": "1/2"}}
    made = preview_point(outils.seance({"reglement": rule}), outils.point(POINT), LOI)
    assert said(explain_quorum(made.quorum)) == [
        "Membres du collège présents : 3 sur 9 ; il en faut 5 Quorum non atteint : le point n’est pas examiné"
    ]


@pytest.mark.parametrize("langue", ["fr", "en"])
def test_objectives_and_what_one_home_would_change(langue: str) -> None:
    year = [Suite(Menage(2), False, "commune") for _ in range(3)] + [Suite(Menage(None), False, "etat")]
    objectives = read_objectifs(count_suites(year), LOI)
    lines = said(explain_objectifs(objectives), langue)
    assert len(lines) == 1 + 3 + 1  # one root, three objectives, one unknown quartile
    moves = si_attribue(objectives, Menage(1, prioritaire=True), False, "commune")
    changed = said(explain_si_attribue(moves), langue)
    assert len(changed) == 1 + 2 * 2
    if langue == "fr":
        assert lines[1] == ("0 baux sur 4 ; au moins 25\u202f% Non atteint : il manque 1")
        assert lines[3].startswith("0 baux sur 0 en quartier prioritaire")
        assert lines[3].endswith("Sans objet : rien à répartir")
        assert changed[2] == "Il en manque 1 au lieu de 1"


def test_an_empty_year_has_no_object() -> None:
    found = read_objectifs(Comptes({}, {}), LOI)
    assert [o.sans_objet for o in found] == [True, True]
    assert [o.atteint for o in found] == [None, None]
