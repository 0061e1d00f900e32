"""What the reader makes of a sound grid: each form of the language, once."""

from __future__ import annotations

import copy
import datetime as dt
from fractions import Fraction as Fr
from typing import Any, cast

import pytest
import yaml

from palier.base.yamlstrict import Liste, Noeud, Table, Texte
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.model.grille import _build
from palier.engines.cotation.model.lecteur import Lecteur, fold, forbidden_words
from tests.unit.cotation.gabarit import ENTETE, lue, texte

AGE = n.Mesure("age")
EFFORT = n.Rapport("loyer_net_cent", "ressources_mensuelles_cent")
PLUS = n.RefTable("plafonds_plus", ("categorie_menage", "zone"), True)

CONDITIONS = [
    ("{dalo: reconnu}", n.Egal("dalo", "reconnu")),
    ("{handicap: oui}", n.Egal("handicap", True)),
    ("{nb_mineurs: 2}", n.Egal("nb_mineurs", 2)),
    ("{dalo: {parmi: [recours, reconnu]}}", n.Parmi("dalo", ("recours", "reconnu"))),
    ("{motifs: {contient: sante}}", n.Contient("motifs", ("sante",))),
    ("{naissance: {connu: non}}", n.Connu("naissance", False)),
    ("{bailleur_siren: {connu: oui}}", n.Connu("bailleur_siren", True)),
    ("{age: {des: 60}}", n.Dans(AGE, (n.Borne("des", Fr(60)),))),
    (
        "{age: {plus_de: 20, jusqu_a: 30}}",
        n.Dans(AGE, (n.Borne("plus_de", Fr(20)), n.Borne("jusqu_a", Fr(30)))),
    ),
    (
        '{loyer_cent: {moins_de: "500,50 €"}}',
        n.Dans(n.Mesure("loyer_cent"), (n.Borne("moins_de", Fr(50050)),)),
    ),
    (
        "{rapport: [loyer_net_cent, ressources_mensuelles_cent], des: 33 %}",
        n.Dans(EFFORT, (n.Borne("des", Fr(33, 100)),)),
    ),
    (
        "{rapport: [loyer_cent, nb_personnes], des: 100 €}",
        n.Dans(n.Rapport("loyer_cent", "nb_personnes"), (n.Borne("des", Fr(10000)),)),
    ),
    (
        "{rfr_n2_eur: {jusqu_a: {loi: plafonds_plus, par: [categorie_menage, zone]}}}",
        n.Dans(n.Mesure("rfr_n2_eur"), (n.Borne("jusqu_a", PLUS),)),
    ),
    (
        "{age: {des: {table: seuils, par: [zone]}}}",
        n.Dans(AGE, (n.Borne("des", n.RefTable("seuils", ("zone",), False)),)),
    ),
    ("{non: {dalo: reconnu}}", n.Non(n.Egal("dalo", "reconnu"))),
    (
        "{dalo: reconnu, handicap: non}",
        n.Et((n.Egal("dalo", "reconnu"), n.Egal("handicap", False))),
    ),
    (
        "{tous: [{dalo: reconnu}, {un_de: [{nb_mineurs: 1}, {nb_mineurs: 2}]}]}",
        n.Et((n.Egal("dalo", "reconnu"), n.Ou((n.Egal("nb_mineurs", 1), n.Egal("nb_mineurs", 2))))),
    ),
]

MECANISMES = [
    (
        "{colonne: age, bandes: [{moins_de: 30, points: 5}, {des: 30, points: 0}]}",
        n.Bandes(AGE, (n.Bande((n.Borne("moins_de", Fr(30)),), 5), n.Bande((n.Borne("des", Fr(30)),), 0))),
    ),
    (
        "{rapport: [loyer_net_cent, ressources_mensuelles_cent], bandes: [{des: 0, points: 1}]}",
        n.Bandes(EFFORT, (n.Bande((n.Borne("des", Fr(0)),), 1),)),
    ),
    (
        "{par: mois, entame: non, depuis: date_depot_initial, points: 1}",
        n.Lineaire(1, False, depuis="date_depot_initial", mois=1),
    ),
    (
        "{par: trimestre, entame: oui, depuis: logement_depuis, points: 2, au_dela: 6}",
        n.Lineaire(2, True, depuis="logement_depuis", mois=3, au_dela=6),
    ),
    ("{par: 1, entame: non, colonne: nb_mineurs, points: 3}", n.Lineaire(3, False, colonne="nb_mineurs")),
    (
        "{par: 100 €, entame: oui, colonne: loyer_cent, points: 1, au_dela: 300}",
        n.Lineaire(1, True, colonne="loyer_cent", pas=10000, au_dela=30000),
    ),
    ("{compte: absence, points: -2}", n.Compte("absence", -2)),
    (
        "{compte: absence, ou: {adaptee: non}, fenetre: 2 ans, a_partir_de: 2, une_fois: oui, points: -9}",
        n.Compte("absence", -9, False, 24, 2, True),
    ),
    (
        "{compte: offre_refusee, ou: {adaptee: oui}, fenetre: 1 an, points: -1}",
        n.Compte("offre_refusee", -1, True, 12),
    ),
    (
        "{cumul: mois, gagne: 1, evenements: {absence: -3, relogement: remise_a_zero}, bornes: [0, 30]}",
        n.Cumul("date_depot_initial", 1, (("absence", -3), ("relogement", None)), 0, 30),
    ),
    (
        "{cumul: mois, depuis: logement_depuis, gagne: 2, bornes: [-5, 5]}",
        n.Cumul("logement_depuis", 2, (), -5, 5),
    ),
]

FAITS = [
    ("{si: {motifs: {contient: [expulsion, violences]}}, points: 1}", (("expulsion", "violences"),)),
    ("{si: {motifs: {contient: sante}, nb_mineurs: 1}, points: 1}", (("sante",), ("composition",))),
    ("{si: {un_de: [{age: 3}, {naissance: {connu: oui}}]}, points: 1}", (("identite",),)),
    ("{si: {age: 3}, points: 1, faits: [identite, dalo]}", (("identite",), ("dalo",))),
    ("{compte: absence, points: 1}", ()),
    ("{si: {handicap: oui}, compte: absence, points: 1}", (("handicap",),)),
]


def _critere(text: str) -> n.Critere:
    return lue(texte(f"x: {text}")).criteres()["x"][0]


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_conditions(text: str, expected: n.Condition) -> None:
    assert _critere(f"{{si: {text}, points: 1}}").mecanisme == n.Fixe(expected, 1)


@pytest.mark.parametrize(("text", "expected"), MECANISMES)
def test_mechanisms(text: str, expected: n.Mecanisme) -> None:
    assert _critere(text).mecanisme == expected


@pytest.mark.parametrize(("text", "expected"), FAITS)
def test_facts_to_prove(text: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert _critere(text).faits == expected


def test_what_every_criterion_may_say() -> None:
    found = _critere(
        "{si: {handicap: oui}, colonne: age, bandes: [{des: 0, points: 3}], libelle: Âge, libelle_en: Age,"
        " preuve: piece, priorite: a, absent: hors_champ, plafond: 5, plancher: -5, fige: date_depot_initial,"
        " reference: délibération}"
    )
    assert (found.libelle, found.libelle_en, found.preuve, found.priorite) == ("Âge", "Age", "piece", "a")
    assert (found.absent, found.plafond, found.plancher, found.fige) == (
        "hors_champ", 5, -5, "date_depot_initial",
    )  # fmt: skip
    assert (found.garde, found.reference) == (n.Egal("handicap", True), "délibération")
    assert n.columns_of_critere(found) == ("handicap", "age", "date_depot_initial")


def test_default_label_and_policy() -> None:
    found = lue(texte("long_nom: {si: {age: 3}, points: 1}", racine="absent: zero")).criteres()["long_nom"][0]
    assert (found.libelle, found.absent, found.preuve) == ("long nom", "zero", "declare")


def test_a_family_with_everything() -> None:
    grille = lue(texte(famille="""
        f:
          regle: maximum
          libelle: Logement
          libelle_en: Home
          plafond: 9
          plancher: -1
          facteur: [{si: {logement_mode: sans_abri}, fois: 3/2}]
          criteres:
            dedans:
              regle: somme
              criteres:
                x: {si: {age: 3}, points: 1}
            y: {si: {age: 4}, points: 2}
        choix_unique:
          regle: choix
          colonne: logement_mode
          cases: {hotel: 12}
          autres: 1
          si: {handicap: oui}
          plafond: 10
    """))  # fmt: skip
    famille, choix = grille.systemes[0].familles[1:]
    assert (famille.regle, famille.libelle, famille.libelle_en) == ("maximum", "Logement", "Home")
    assert (famille.plafond, famille.plancher) == (9, -1)
    assert famille.facteurs == (n.Facteur(n.Egal("logement_mode", "sans_abri"), Fr(3, 2)),)
    assert [m.id for m in famille.membres] == ["dedans", "y"]
    assert [c.id for c in famille.criteres()] == ["x", "y"]
    (critere,) = choix.criteres()
    assert (critere.id, critere.mecanisme) == ("choix_unique", n.Case("logement_mode", (("hotel", 12),), 1))
    assert (choix.plafond, critere.plafond, critere.garde) == (10, None, n.Egal("handicap", True))


def test_a_system_takes_from_another() -> None:
    grille = parse_grille(
        ENTETE
        + """\
systemes:
  mutation:
    si: {logement_mode: locataire_hlm}
    libelle: Mutations
    comme: primo
    sans: [b]
    familles:
      c: {regle: somme, criteres: {z: {si: {age: 9}, points: 9}}}
  primo:
    classes: [{id: dalo, si: {dalo: reconnu}, libelle: DALO}, {id: autres}]
    force: [{id: age_75, si: {age: {des: 75}}, total: 250}]
    familles:
      a: {regle: somme, criteres: {x: {si: {age: 1}, points: 1}}}
      b: {regle: somme, criteres: {y: {si: {age: 2}, points: 2}}}
      c: {regle: somme, criteres: {z: {si: {age: 3}, points: 3}}}
""",
        "x",
    )
    mutation, primo = grille.systemes
    assert (mutation.id, mutation.libelle, primo.libelle) == ("mutation", "Mutations", "primo")
    assert [f.id for f in mutation.familles] == ["a", "c"]
    assert mutation.classes == primo.classes == (
        n.Classe("dalo", "DALO", n.Egal("dalo", "reconnu")),
        n.Classe("autres", "autres", None),
    )  # fmt: skip
    assert mutation.forces == primo.forces
    assert primo.forces[0].total == 250
    assert [c.mecanisme for c in grille.criteres()["z"]] == [
        n.Fixe(n.Egal("age", 9), 9),
        n.Fixe(n.Egal("age", 3), 3),
    ]


def test_the_whole_header() -> None:
    grille = lue(
        texte(
            entete=ENTETE.replace("statut: adoptee", "statut: en_vigueur, remplace: 2024-01-01"),
            racine="""
            libelle: Essai
            cadre: bailleur
            source: page
            communes: ["67482", "01004"]
            total: {plafond: 300, plancher: 0, arrondi: inferieur}
            departage: [-date_depot_initial, numero_unique]
            hors_champ: [{si: {label_anru: oui}, motif: relogement}]
            notes: {a: [b]}
            tables: {seuils: {par: [zone, categorie_menage], valeurs: {idf: {1: 500, 2: "7,5"}}}}
            exemples:
              - nom: un
                au: 24/11/2026
                demande: {dalo: reconnu, motifs: [sante, handicap]}
                total: 3
                points: {x: 1}
              - {nom: deux, au: 2026-11-24, demande: {}}
            """,
        )
    )
    assert (grille.version, grille.statut, grille.remplace) == (
        "essai@2026-01-01", "en_vigueur", dt.date(2024, 1, 1),
    )  # fmt: skip
    assert (grille.libelle, grille.cadre, grille.source) == ("Essai", "bailleur", "page")
    assert grille.communes == ("67482", "01004")
    assert (grille.plafond, grille.plancher, grille.arrondi) == (300, 0, "inferieur")
    assert grille.departage == ("-date_depot_initial", "numero_unique")
    assert grille.hors_champ == (
        n.HorsChamp(n.Egal("label_anru", True), "relogement", grille.hors_champ[0].ligne),
    )
    table = grille.table("seuils")
    assert table is not None
    assert dict(table.valeurs) == {("idf", "1"): 500, ("idf", "2"): Fr(15, 2)}
    assert grille.table("autre") is None
    first, second = grille.exemples
    assert first.demande == (("dalo", "reconnu"), ("motifs", ("sante", "handicap")))
    assert (first.au, first.total, first.points) == (dt.date(2026, 11, 24), 3, (("x", 1),))
    assert (second.total, second.points) == (None, ())
    assert (grille.ligne("departage"), grille.ligne("absent")) == (12, 1)


def test_the_least_header() -> None:
    grille = lue(
        texte(entete="palier: grille/1\nid: a-b\nversion: {du: 2026-01-01}\ncompletude: partielle\n")
    )
    assert (grille.id, grille.libelle, grille.cadre, grille.statut) == ("a-b", "a-b", "france", "brouillon")
    assert grille.departage == ("date_depot_initial", "horodatage_depot", "numero_unique")
    assert (grille.deliberation, grille.territoire, grille.communes) == (None, None, ())
    named = "palier: grille/1\nid: a\nversion: {du: 2026-01-01}\ncompletude: partielle\n"
    assert lue(texte(entete=named + "deliberation: {texte: vote}\n")).deliberation == "vote"


def test_lines_are_those_of_the_names() -> None:
    text = texte("x:\n  colonne: age\n  bandes:\n    - {moins_de: 3, points: 0}\n    - {des: 3, points: 1}")
    grille = lue(text)
    lines = text.splitlines()
    critere = grille.criteres()["x"][0]
    assert lines[critere.ligne - 1].strip() == "x:"
    assert isinstance(critere.mecanisme, n.Bandes)
    assert [lines[b.ligne - 1].strip() for b in critere.mecanisme.bandes] == [
        "- {moins_de: 3, points: 0}",
        "- {des: 3, points: 1}",
    ]
    assert lines[grille.systemes[0].familles[1].ligne - 1].strip() == "essai:"
    assert lines[grille.systemes[0].ligne - 1].strip() == "primo:"


def test_hash_ignores_line_ends() -> None:
    text = texte()
    assert lue(text).sha256 == lue(text.replace("\n", "\r\n")).sha256


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nationalités", ["nationalite"]),
        ("pays_naissance", ["pays_naissance"]),
        ("origine de la demande", ["origine"]),
        ("nombre de personnes", []),
        ("sexe, genre", ["sexe", "genre"]),
    ],
)
def test_forbidden_words(text: str, expected: list[str]) -> None:
    assert forbidden_words(text) == expected
    assert fold("État de santé") == "etat_de_sante"


# --- nothing vanishes ---------------------------------------------------------------------------------------

COMPLETE = texte(
    """
    fixe: {si: {tous: [{dalo: reconnu}, {motifs: {contient: [sante, handicap]}}]}, points: 1}
    bandes: {colonne: age, bandes: [{moins_de: 33, points: 0}, {des: 33, points: 9}]}
    duree: {par: mois, entame: non, depuis: date_depot_initial, points: 1, plafond: 60}
    refus: {compte: offre_refusee, ou: {adaptee: oui}, fenetre: 24 mois, points: -10}
    compte: {cumul: mois, gagne: 1, evenements: {absence: -3}, bornes: [0, 30]}
    table: {si: {age: {des: {table: seuils, par: [zone]}}}, points: 2}
    """,
    racine="tables: {seuils: {par: [zone], valeurs: {idf: 30, autres: 40}}}\n"
    "hors_champ: [{si: {label_anru: oui}, motif: relogement}]",
    systeme="classes: [{id: a, si: {dalo: reconnu}}, {id: b}]\n"
    "force: [{id: c, si: {age: {des: 75}}, total: 3}]",
    famille="logement: {regle: choix, colonne: logement_mode, cases: {hotel: 3}, autres: 0}",
)  # fmt: skip
JUNK: list[Any] = [[], {}, None, "zzz", 3, [["a"]]]


def _paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    keys = node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    for key in keys:
        found += _paths(node[key], (*path, key))
    return found


def _parts(grille: n.Grille) -> dict[str, int]:
    return {
        "criteres": sum(len(c) for c in grille.criteres().values()),
        "familles": sum(len(s.familles) for s in grille.systemes),
        "classes": sum(len(s.classes) for s in grille.systemes),
        "forces": sum(len(s.forces) for s in grille.systemes),
        "conditions": sum(
            c.si is not None for s in grille.systemes for c in (*s.classes, *s.forces)
        ) + sum(isinstance(c.mecanisme, n.Fixe) for group in grille.criteres().values() for c in group),
        "hors_champ": len(grille.hors_champ),
        "tables": sum(len(t.valeurs) for t in grille.tables),
    }  # fmt: skip


def _node(value: Any) -> Noeud:
    """Turn plain data into what the strict reader of YAML would give."""
    if isinstance(value, dict):
        table = Table({key: _node(child) for key, child in value.items()})
        table.ligne, table.lignes = 1, dict.fromkeys(value, 1)
        return table
    if isinstance(value, list):
        return Liste(map(_node, value))
    return Texte("" if value is None else str(value), 1, nul=value is None)


def test_no_part_vanishes_in_silence() -> None:
    tree = yaml.load(COMPLETE, yaml.BaseLoader)  # noqa: S506 - texts only
    whole = _parts(lue(COMPLETE))
    empty = [("hors_champ",), ("tables",), ("systemes", "primo", "classes"), ("systemes", "primo", "force")]
    refused = 0
    for path in _paths(tree):
        for junk in JUNK:
            changed = copy.deepcopy(tree)
            place = changed
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = junk
            lecteur = Lecteur("x")
            grille = _build(lecteur, cast(Table, _node(changed)), "")
            refused += bool(lecteur.problemes)
            allowed = path in empty or path[-1] in ("cases", "familles") or path[:1] == ("tables",)
            assert lecteur.problemes or allowed or _parts(cast(n.Grille, grille)) == whole, (path, junk)
    assert refused > 400
