"""Over drawn grids: points kept add up, lines have words, and nothing is said twice."""

from __future__ import annotations

import json
from fractions import Fraction

from hypothesis import given
from jsonschema import Draft202012Validator

from palier.base.explanation import Explanation
from palier.base.mots import LANGUES
from palier.base.rendu import render_lines
from palier.base.ressources import read_packaged
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import Regle, ScoreRow, prepare, score_row
from tests.strategies_cotation import Cas, cas, loi_inventee

SCHEMA = Draft202012Validator(json.loads(read_packaged("palier.base", "schemas/explanation.json")))


def scored(exemple: Cas) -> list[tuple[Regle, ScoreRow]]:
    regle = prepare(exemple.grille, loi_inventee(exemple.au))
    return [
        (regle, score_row(regle, row, exemple.au, exemple.evenements_de(row))) for row in exemple.demandes
    ]


def kept(line: Explanation) -> Fraction:
    return Fraction(line.retenu or 0)


@given(exemple=cas(taille=3))
def test_points_kept_add_up_and_what_is_put_aside_or_missing_is_said(exemple: Cas) -> None:
    criteria = {c.id for s in exemple.grille.systemes for f in s.familles for c in f.criteres()}
    for regle, ligne in scored(exemple):
        tree = explain(regle, ligne)
        lines = [line for _, line in tree.walk()]
        for line in lines:
            if any(child.retenu is not None for child in line.enfants) and line.retenu is not None:
                assert sum(map(kept, line.enfants)) == kept(line), line.code
            if line.points and line.code in criteria and line.retenu not in (line.points, None):
                assert line.retenu == 0
                assert line.ecarte_par is not None
        if ligne.total is None or ligne.total_verifie is None:
            continue
        said = {nom for line in lines[1:] for nom in line.manque}
        assert said == set(ligne.manque)
        promised = [line.si_verifie for line in lines if line.si_verifie is not None]
        if len(promised) == 1:  # with a single document to check, the promise is exact
            assert ligne.total_verifie + promised[0] == ligne.total


@given(exemple=cas(taille=2))
def test_every_line_has_words_and_the_tree_follows_its_schema(exemple: Cas) -> None:
    for regle, ligne in scored(exemple):
        tree = explain(regle, ligne)
        SCHEMA.validate(json.loads(json.dumps(tree.to_dict())))
        for langue in LANGUES:
            assert all(text.strip() for _, text in render_lines(tree, langue))


@given(exemple=cas())
def test_a_score_is_the_same_twice_and_keeps_its_bounds(exemple: Cas) -> None:
    grille = exemple.grille
    for first, second in zip(scored(exemple), scored(exemple), strict=True):
        ligne = first[1]
        assert (ligne.total, ligne.points, ligne.manque) == (
            second[1].total,
            second[1].points,
            second[1].manque,
        )
        if ligne.total is None:
            assert ligne.etat in ("hors_champ", "refusee")
            assert set(ligne.points.values()) == {None}
            assert not ligne.manque
            continue
        assert ligne.etat == ("note_partielle" if ligne.manque else "note")
        for total in (ligne.total, ligne.total_verifie):
            assert total is not None
            if grille.plafond is not None and (grille.plancher is None or grille.plancher <= grille.plafond):
                assert total <= grille.plafond
            if grille.plancher is not None:
                assert total >= grille.plancher
