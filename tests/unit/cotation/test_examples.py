"""Worked examples are proved: a wrong one is told with what it expects and what is found."""

from __future__ import annotations

import datetime as dt

import pytest

from palier import law
from palier.base.errors import RuleFileError, TableError
from palier.engines.cotation.catalogue import list_grilles, read_grille
from palier.engines.cotation.examples import read_exemple, run_examples
from palier.engines.cotation.model import Grille, parse_grille

LOI = law.at(dt.date(2026, 11, 24))
GRILLE = """
palier: grille/1
id: essai
version: {{du: 2026-01-01}}
completude: partielle
systemes:
  unique:
    familles:
      f:
        regle: somme
        criteres:
          enfants: {{par: 1, entame: non, colonne: nb_mineurs, points: 2}}
          plai:
            si: {{rfr_n2_eur: {{jusqu_a: {{loi: plafonds_plai, par: [categorie_menage, zone]}}}}}}
            points: 1
          absences: {{compte: absence, points: -1}}
exemples:
  - {{nom: "essai", au: {au}, demande: {{{demande}}}, total: {total}, points: {{{points}}}}}
"""


def grille(
    demande: str = "date_depot_initial: 2026-01-01, nb_mineurs: 2",
    total: str = "4",
    points: str = "enfants: 4",
    au: str = "2026-11-24",
) -> Grille:
    return parse_grille(GRILLE.format(demande=demande, total=total, points=points, au=au), "essai.yaml")


def test_a_right_example_says_nothing() -> None:
    assert run_examples(grille(), law.at(LOI.date, non_verifie=True)) == ()


@pytest.mark.parametrize(
    ("cas", "code", "dit"),
    [
        ({"total": "5"}, "COT-060", "attend 5 pour le total ; la grille donne 4"),
        ({"points": "enfants: 6"}, "COT-060", "attend 6 pour « enfants » ; la grille donne 4"),
        ({"points": "plai: 1"}, "COT-060", "pas de points : une réponse manque"),
        ({"points": "voisins: 1"}, "COT-061", "le critère « voisins » n'existe pas"),
        ({"demande": "nb_mineurs: 2"}, "COT-061", "pas de date de premier dépôt"),
        (
            {"demande": "date_depot_initial: hier, nb_mineurs: 2"},
            "COT-061",
            "n'est pas une date|pas une date",
        ),
        ({"demande": "date_depot_initial: 2026-01-01, age: 30"}, "COT-061", "pas dans la table demandes"),
        (
            {"demande": "date_depot_initial: 2026-01-01, evenements: [hier]"},
            "COT-061",
            "événement est illisible",
        ),
    ],
)
def test_a_wrong_example_is_told(cas: dict[str, str], code: str, dit: str) -> None:
    problems = run_examples(grille(**cas), law.at(LOI.date, non_verifie=True))
    assert [p.code for p in problems][:1] == [code]
    assert any(part in problems[0].constat for part in dit.split("|"))
    assert problems[0].ou == "essai.yaml, ligne 18"


def test_an_unchecked_value_of_the_law_is_told() -> None:
    problems = run_examples(grille(), LOI)
    assert [p.code for p in problems] == ["COT-061"]
    assert "vérifiée" in problems[0].constat


def test_every_problem_of_a_request_at_once() -> None:
    found = grille(demande="date_depot_initial: hier, age: 30, evenements: [hier]").exemples[0]
    with pytest.raises(TableError) as caught:
        read_exemple(found)
    assert [p.code for p in caught.value.problems] == ["VAL-002", "VAL-001", "VAL-003"]


def test_events_unknown_none_or_some() -> None:
    date = "date_depot_initial: 2026-01-01"
    assert read_exemple(grille(date).exemples[0])[1] is None
    assert read_exemple(grille(f"{date}, evenements: []").exemples[0])[1] == []
    one = read_exemple(grille(f"{date}, evenements: 2026-02-01 absence").exemples[0])[1]
    assert one is not None
    assert [event["evenement_type"] for event in one] == ["absence"]


def test_shipped_grids_have_distinct_versions_and_can_be_read() -> None:
    names = list_grilles()
    assert {"demo-ems", "demo-ems-2027", "banc-national", "lyon", "wallonie"} <= set(names)
    versions = [parse_grille(read_grille(nom), nom).version for nom in names]
    assert len(set(versions)) == len(names)


@pytest.mark.parametrize(("nom", "conseil"), [("toulous", "toulouse"), ("zzz", "Grilles livrées")])
def test_an_unknown_grid_is_refused(nom: str, conseil: str) -> None:
    with pytest.raises(RuleFileError) as caught:
        read_grille(nom)
    assert caught.value.problems[0].code == "COT-062"
    assert conseil in caught.value.problems[0].que_faire


def test_the_demo_and_the_bench_are_what_they_say() -> None:
    demo, projet, banc = (
        parse_grille(read_grille(n), n) for n in ("demo-ems", "demo-ems-2027", "banc-national")
    )
    assert demo.territoire == "246700488"
    assert "inventée" in demo.libelle
    assert len(demo.exemples) >= 8
    assert (projet.id, projet.statut, projet.remplace) == (demo.id, "brouillon", demo.du)
    assert banc.territoire is None
    assert len(banc.criteres()) == 40
