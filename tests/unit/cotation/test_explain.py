"""The explanation: every line has words in each language, and says what decided the points."""

from __future__ import annotations

import ast
import json
import re
import string
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from palier.base.errors import PalierError
from palier.base.explanation import Explanation, Phrase
from palier.base.mots import LANGUES, has, render, word
from palier.base.rendu import render_lines, render_tree
from palier.base.ressources import read_packaged
from palier.engines.cotation.explain import explain, explain_table_row
from tests.strategies_cotation import AU, Doc, loi_inventee
from tests.unit.cotation.outils_reference import demande, evenements, lire_cas, noter

CASES = {cas["nom"]: cas for cas in (*lire_cas("semantique.yaml"), *lire_cas("etats.yaml"))}
SCHEMA = Draft202012Validator(json.loads(read_packaged("palier.base", "schemas/explanation.json")))


def explique(nom: str) -> Explanation:
    return explain(*noter(CASES[nom]))


def ligne(tree: Explanation, code: str) -> Explanation:
    return next(line for _, line in tree.walk() if line.code == code)


@pytest.mark.parametrize("nom", CASES)
def test_every_case_has_words_and_follows_the_schema(nom: str) -> None:
    tree = explique(nom)
    SCHEMA.validate(json.loads(json.dumps(tree.to_dict())))
    for langue in LANGUES:
        for _, text in render_lines(tree, langue):
            assert text
            assert not re.search(r"cotation\.|ligne\.|unite\.|_cent\b|_mois\b|\{|\}", text), text


def test_a_maximum_says_what_it_put_aside() -> None:
    parents = ligne(explique("COT-3, Paris 2014, le plus fort de la famille"), "parents")
    assert (parents.points, parents.retenu) == (1, 0)
    assert "un critère voisin donne davantage de points (decohabitation : 2 points)" in render(
        parents.ecarte_par
    )


def test_a_criterion_without_points_is_not_said_to_be_put_aside() -> None:
    tree = explique("un maximum de points négatifs garde le moins négatif")
    assert "un critère voisin donne davantage" in render(ligne(tree, "a").ecarte_par)
    assert ligne(explique("COT-5, Wallonie, 4 + 3 + 6 ans au plus"), "b").ecarte_par is not None
    cas: Doc = CASES["COT-3, Paris 2014, le plus fort de la famille"]
    other = explain(*noter(cas | {"demande": cas["demande"] | {"logement_mode": "hotel"}}))
    assert (ligne(other, "parents").points, ligne(other, "parents").ecarte_par) == (0, None)


def test_a_ratio_is_shown_with_its_two_amounts_and_its_band() -> None:
    effort = ligne(explique("16,83 / 51,00 est exactement 33 %"), "effort")
    text = render(effort.lu).replace("\u202f", " ").replace("\u00a0", " ")
    assert text.startswith(
        "33 % (Loyer et charges moins l'aide au logement : 16,83 € ; Ressources mensuelles"
    )
    assert render(effort.regle).replace("\u202f", " ") == "10 points pour la tranche « au moins 33 % »"


def test_a_cap_a_factor_and_the_rounding_are_lines() -> None:
    tree = explique("plafond de famille avant le facteur, une seule fraction arrondie à la fin")
    kept = {line.code: line.retenu for _, line in tree.walk()}
    assert kept["a"] == 20
    assert kept["plafond"] == -5
    assert str(kept["facteur"]) == "15/2"
    assert str(kept["f"]) == "45/2"
    assert str(kept["arrondi"]) == "1/2"
    assert kept["total"] == 23
    assert ligne(tree, "f").to_dict()["retenu"] == "45/2"


def test_a_forced_total_puts_every_criterion_aside() -> None:
    tree = explique("total forcé")
    assert ligne(tree, "a").retenu == 0
    assert ligne(tree, "force").retenu == 250
    assert "un total fixe de 250 points remplace la somme" in render(ligne(tree, "a").ecarte_par)


def test_it_says_what_is_missing_and_what_to_do() -> None:
    tree = explique("l'inconnu n'est jamais pris par un maximum, et nommé s'il pouvait gagner")
    assert ligne(tree, "b").manque == ("label_anru",)
    assert ligne(tree, "c").manque == ()
    assert "sans effet" in render(ligne(tree, "c").ecarte_par)
    texts = [text for _, text in render_lines(tree)]
    assert "Réponse manquante : Relogement ANRU. Complétez votre demande pour qu’elle compte." in texts


def test_it_says_what_a_checked_document_would_add() -> None:
    tree = explique("rien n'est vérifié tant que rien ne le dit")
    assert {c: ligne(tree, c).si_verifie for c in "abc"} == {"a": 10, "b": 7, "c": None}
    assert {c: ligne(tree, c).etat_preuve for c in "abc"} == {
        "a": "a_verifier",
        "b": "a_verifier",
        "c": "declare",
    }
    capped = explique("le vérifié passe par les mêmes maximum et plafond")
    assert ligne(capped, "a").si_verifie == 5


def test_events_that_counted_are_listed() -> None:
    tree = explique("refus d'offre adaptée, fenêtre de 24 mois, à partir du deuxième")
    assert sum(line.code == "evenement" for _, line in tree.walk()) == 2


def test_a_request_out_of_scope_is_told_why() -> None:
    tree = explique("expirée le lendemain")
    assert tree.points is None
    assert "renouvelez-la" in render(tree.regle)
    assert "23" in render(tree.lu)


def test_an_old_request_is_asked_when_it_was_renewed() -> None:
    tree = explique("déposée il y a plus de douze mois sans renouvellement connu, on le demande")
    line = ligne(tree, "hors_champ_inconnu")
    assert line.manque == ("date_renouvellement",)
    assert "plus de 12 mois" in render(line.regle).replace("\u00a0", " ")
    assert "more than 12 months" in render(line.regle, "en").replace("\u00a0", " ")
    assert "23 novembre 2025" in render(line.lu).replace("\u00a0", " ")


TROUS = [
    (
        "une case absente d'une table de la loi n'est pas la faute du demandeur", "fr",
        ["la table « plafonds_plai » ne donne pas pour votre situation",
         "Seuil absent de la loi que connaît Palier : Plafonds de ressources PLAI. Vous n’avez rien"],
    ),
    (
        "une case absente d'une table de la loi n'est pas la faute du demandeur", "en",
        ["Threshold absent from the law known to Palier: PLAI income ceilings. You have nothing to complete"],
    ),
    (
        "une clé absente d'une table locale laisse inconnu, et c'est la table qui manque", "fr",
        ["Seuil absent de la grille : t. Vous n’avez rien à compléter"],
    ),
    (
        "la réponse et la case manquent, les deux sont nommées", "fr",
        ["Réponse manquante : Revenu fiscal de référence N-2. Complétez", "Seuil absent de la loi"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("nom", "langue", "words"), TROUS)
def test_what_the_law_or_the_grid_lacks_is_not_asked_of_the_applicant(
    nom: str, langue: str, words: list[str]
) -> None:
    text = "\n".join(text for _, text in render_lines(explique(nom), langue))
    for part in words:
        assert part in text
    if len(words) == 1 or "Réponse" not in words[0]:
        assert "Complétez votre demande" not in text


def test_a_refused_request_is_asked_for_the_value() -> None:
    tree = explique("COT, un loyer sans ressources est refusé")
    effort = ligne(tree, "effort")
    assert "ressources_mensuelles_cent" in effort.manque
    assert "donnez le montant exact" in render(effort.regle)


def test_an_unchecked_law_is_marked() -> None:
    grille = {
        "nom": "x",
        "familles": {"f": {"regle": "somme", "criteres": {"plai": {
            "si": {"rfr_n2_eur": {"jusqu_a": {"loi": "plafonds_plai", "par": ["categorie_menage", "zone"]}}},
            "points": "10",
        }}}},
        "demande": {"rfr_n2_eur": "1700", "zone": "autres", "en_couple": "non", "nb_personnes": "1",
                    "nb_a_charge": "0", "nb_carte_invalidite": "0"},
    }  # fmt: skip
    tree = explain(*noter(grille))
    plai = ligne(tree, "plai")
    assert plai.points == 10
    assert "1\u202f700 € par an (« plafonds_plai »)" in render(plai.regle)
    assert plai.reference == "texte inventé pour les tests, 1"
    marked = [line for _, line in tree.walk() if line.code == "loi"]
    assert [line.libelle for line in marked] == ["plafonds_plai"]
    assert "loi non vérifiée" in render(marked[0].regle)


def test_a_table_row_is_scored_again_before_it_is_explained() -> None:
    cas: Doc = CASES["COT-11, Toulouse, 37 mois et DALO"]
    regle, score = noter(cas)
    row: dict[str, Any] = {f"pts__{nom}": points for nom, points in score.points.items()}
    row |= {"etat": score.etat, "total": score.total, "systeme": score.systeme}
    asked = demande(cas["demande"])
    assert explain_table_row(regle, asked, row, AU, None) == explain(regle, score)
    for changed in ({"total": 106}, {"pts__mois": None}, {"etat": "note_partielle"}):
        with pytest.raises(PalierError, match="COT-090") as raised:
            explain_table_row(regle, asked, row | changed, AU, None)
        assert raised.value.exit_code == 70


def test_the_english_names_of_the_grid_are_used() -> None:
    cas = {
        "familles": {"f": {"regle": "somme", "libelle": "Logement", "libelle_en": "Home", "criteres": {
            "a": {"si": {"handicap": "oui"}, "points": "3", "libelle": "Handicap",
                  "libelle_en": "Disability"}}}},
        "demande": {"handicap": "oui"},
    }  # fmt: skip
    regle, score = noter(cas)
    assert ligne(explain(regle, score, "en"), "a").libelle == "Disability"
    assert ligne(explain(regle, score), "a").libelle == "Handicap"


def test_the_tree_reads_from_top_to_bottom(sources: Path) -> None:
    tree = explique("total forcé incertain, classe incertaine")
    texts = [f"{'  ' * depth}{text}".replace("\u00a0", " ") for depth, text in render_lines(tree)]
    place = sources.parent.parent / "tests" / "cases" / "cotation" / "explication.txt"
    assert texts == place.read_text(encoding="utf-8").splitlines()


# --- words -----------------------------------------------------------------------------------------------


def _codes(langue: str) -> list[str]:
    text = read_packaged("palier.base", f"po/cotation.{langue}.po")
    return [code for code in re.findall(r'^msgid "(.+)"$', text, re.MULTILINE) if code]


SAMPLES = {
    "cent": 123450, "date": "2026-11-24", "mesure": ["points", "21", "2"], "colonne": "loyer_cent",
    "colonnes": ["age", "loyer_cent"], "code": ["logement_mode", "hotel"],
    "codes": ["motifs", "expulsion", "sante"], "ratio": [5, 13], "centime": [22_800_000, 23],
}  # fmt: skip


@pytest.mark.parametrize("langue", LANGUES)
@pytest.mark.parametrize("code", _codes("fr"))
def test_every_code_is_rendered_with_sample_values(code: str, langue: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(word(code, langue)) if name]
    values = {name: SAMPLES.get(name.rpartition("_")[2], "exemple") for name in names}
    text = render(Phrase(code, values), langue)
    assert text
    assert "{" not in text
    assert "!" not in text


def test_both_languages_have_the_same_codes_and_the_same_holes() -> None:
    assert _codes("fr") == _codes("en")
    for code in _codes("fr"):
        holes = [
            {name for _, name, _, _ in string.Formatter().parse(word(code, langue)) if name}
            for langue in LANGUES
        ]
        assert holes[0] == holes[1], code


def test_every_code_written_in_the_engine_has_words(sources: Path) -> None:
    """Codes written whole: those with a hole are met by the cases."""
    for path in (sources / "engines/cotation").glob("explain*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "p"
            if called and node.args and isinstance(node.args[0], ast.Constant):
                assert has(f"cotation.{node.args[0].value}"), node.args[0].value
                assert has(f"cotation.{node.args[0].value}", "en")


def test_a_code_without_words_is_refused() -> None:
    with pytest.raises(LookupError, match="code sans mots"):
        render(Phrase("cotation.inventé"))


def test_each_line_is_rendered_once_for_all_doors() -> None:
    tree = explique("COT-11, Toulouse, 37 mois et DALO")
    lines = render_tree(tree)
    assert [line.code for line in lines] == [line.code for _, line in tree.walk()]
    flat = [text for line in lines for text in (line.titre, *(text for _, text in line.textes))]
    assert flat == [text for _, text in render_lines(tree)]


def test_the_law_used_is_recorded() -> None:
    regle, _ = noter(CASES["COT-17, couple 28 + 28 ans, catégorie 2"])
    assert list(regle.droit.valeurs) == ["jeune_menage_ages", "demande_validite_mois"]
    assert regle.droit.valeurs["jeune_menage_ages"] == loi_inventee().get("jeune_menage_ages")


def test_events_may_be_given_in_any_order() -> None:
    cas = CASES["après une remise à zéro, seuls comptent les événements qui la suivent"]
    regle, score = noter(cas)
    _, other = noter(cas | {"evenements": cas["evenements"][::-1]})
    assert other.total == score.total
    assert explain(regle, other).enfants == explain(regle, score).enfants
    assert evenements(cas["evenements"])
