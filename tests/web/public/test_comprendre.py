"""Understand: the path, its easy twin, published grids proved again, methods."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from lxml import html

from palier import law
from palier.base.explanation import prune
from palier.base.rendu import render_tree
from palier.engines.cotation.catalogue import read_grille
from palier.web.apps.public.models import GrillePubliee
from palier.web.apps.public.presentation.facile import steps
from palier.web.apps.public.rules import grilles
from palier.web.components.explication import tree_of
from palier.web.components.pieces import Critere
from tests.web.public.outils_chiffres import AU, EMS, MAINTENANT, a_conserver, publie

COTATION = f"/comprendre/cotation/{EMS}"
base = pytest.mark.django_db


def page(client: Client, url: str) -> Any:
    answer = client.get(url)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def text(node: Any) -> str:
    return re.sub(r"\s+", " ", str(node.text_content()).replace("\u00a0", " ").replace("\u202f", " "))


# --- The path, and its easy twin ---------------------------------------------------------------------------


@base
def test_le_chemin_a_six_paliers_et_les_nombres_de_la_loi(client: Client) -> None:
    found = page(client, "/comprendre")
    assert len(found.cssselect("ol.paliers > li")) == 6
    loi = law.load().at(AU, non_verifie=True)
    said = text(found)
    for id_, words in (
        ("demande_validite_mois", "Elle vaut {} mois"),
        ("demande_communes_max", "jusqu’à {} communes"),
        ("caleol_candidats_min", "Au moins {} demandes"),
        ("caleol_offre_delai_jours", "au moins {} jours"),
        ("recours_administratif_mois", "dans les {} mois"),
    ):
        assert words.format(int(loi.nombre(id_))) in said
    assert found.cssselect('a[href="/comprendre/facile"]')


IDEES = [
    idee.texte
    for _titre, idees in steps(law.load().at(AU, non_verifie=True), "01 00 00 00 00")
    for idee in idees
]
SIGLES = re.compile(r"\b[A-ZÉ]{2,}\b")


@pytest.mark.parametrize("idee", IDEES)
def test_une_idee_facile_a_douze_mots_au_plus_sans_sigle(idee: str) -> None:
    words = re.findall(r"[\w’'-]+", re.sub(r"(\d\d ?)+", "0", idee))
    assert len(words) <= 12
    assert not SIGLES.search(idee)
    assert idee.endswith(".")
    assert idee.count(".") == 1


def test_un_sigle_serait_vu() -> None:
    assert SIGLES.search("La CALEOL décide.")


@base
def test_chaque_idee_facile_a_son_image(client: Client) -> None:
    for line in page(client, "/comprendre/facile").cssselect("ul.facile > li"):
        assert line.cssselect("svg")
        assert text(line).strip()


# --- Published grids ---------------------------------------------------------------------------------------


@base
def test_sans_grille_publiee_la_liste_le_dit(client: Client) -> None:
    assert "Aucune règle n’est publiée" in text(page(client, "/comprendre/cotation"))
    assert client.get(COTATION).status_code == 404


@base
def test_la_page_dit_chaque_critere_et_ses_points(client: Client) -> None:
    publie()
    said = text(page(client, COTATION))
    grille = a_conserver().grille
    missing = [
        critere.libelle
        for systeme in grille.systemes
        for critere in systeme.criteres()
        if critere.libelle.replace("'", "’") not in said and critere.mecanisme.__class__.__name__ != "Case"
    ]
    assert not missing
    assert "10 exemples recalculés" in said
    assert "R441-2-10" in said


@base
def test_l_exemple_est_celui_du_moteur_de_reference(client: Client) -> None:
    publie()
    found = page(client, f"{COTATION}?exemple=2")
    exemple = a_conserver().grille.exemples[1]
    assert text(found.cssselect(".explication .total .nombre-grand")[0]).split()[0] == str(exemple.total)
    assert exemple.nom.replace("'", "’") in text(found)


@base
def test_le_texte_se_telecharge_a_la_lettre(client: Client) -> None:
    publie()
    answer = client.get(f"{COTATION}.yaml")
    assert answer.content.decode() == read_grille("demo-ems")
    assert "demo-ems-2026-01-01.yaml" in answer["Content-Disposition"]


def _publie_version(du: str) -> None:
    texte = a_conserver().texte.replace("du: 2026-01-01", f"du: {du}").replace("2025-11-14", "2024-11-14")
    GrillePubliee.objects.create(
        sha256=f"{du:0>64}".replace("-", "0"),
        territoire=EMS,
        identifiant="demo-ems",
        du=dt.date.fromisoformat(du),
        texte=texte,
        publiee_le=MAINTENANT,
    )


@base
def test_les_versions_se_lisent_et_celle_du_jour_s_affiche(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("palier.web.apps.public.views.comprendre.aujourdhui", lambda: AU)
    publie()
    _publie_version("2025-01-01")
    _publie_version("2027-01-01")
    assert "En vigueur, depuis le 1er janvier 2026" in text(page(client, COTATION))
    assert "Remplacée" in text(page(client, f"{COTATION}?du=2025-01-01").cssselect(".tete")[0])
    assert "À venir" in text(page(client, f"{COTATION}?du=2027-01-01").cssselect(".tete")[0])
    assert len(page(client, COTATION).cssselect("section[aria-labelledby=versions] tbody tr")) == 3
    assert client.get(f"{COTATION}?du=2024-01-01").status_code == 404
    assert client.get(f"{COTATION}?du=demain").status_code == 404


@base
@pytest.mark.parametrize("exemple", ["0", "11", "99", "x", "-1", "1e3"])
def test_un_exemple_inconnu_ne_casse_rien(client: Client, exemple: str) -> None:
    publie()
    assert client.get(f"{COTATION}?exemple={exemple}").status_code == 200


@base
def test_une_autre_langue_dit_ou_sont_les_passages_francais(client: Client) -> None:
    publie()
    found = page(client, f"/ar{COTATION}")
    trees = found.cssselect(".explication")
    assert trees
    assert all(tree.getparent().get("lang") == "fr" for tree in trees)
    english = page(client, f"/en{COTATION}")
    assert english.cssselect(".explication")[0].getparent().get("lang") == "en" or (
        english.get("lang") == "en" and english.cssselect(".explication")[0].getparent().get("lang") is None
    )
    translation.activate("fr")


# --- The tree is that of every other door ------------------------------------------------------------------

GRILLES = ["demo-ems", "lyon", "toulouse", "paris-2014", "wallonie"]


def _texts(criteres: Any) -> list[str]:
    found = []
    for critere in criteres:
        found += [critere.nom, *critere.textes, *_texts(critere.enfants)]
    return found


@pytest.mark.parametrize("nom", GRILLES)
def test_l_arbre_de_la_page_dit_ce_que_dit_le_terminal(nom: str) -> None:
    made = grilles.example(read_grille(nom), f"{nom}.yaml", 0, "fr")
    assert made is not None
    tree = tree_of(made.explication, "fr")
    shown = list(tree.tete)
    for group in tree.groupes:
        shown += [group.nom, group.regle, *_texts(group.criteres)]
    kept, _dropped = prune(made.explication)
    for line, (_depth, node) in zip(render_tree(kept), kept.walk(), strict=True):
        if _depth == 0 or node.code == "preuve":
            continue
        assert (node.libelle or line.titre.partition(" : ")[0]) in shown
        for kind, sentence in line.textes:
            assert kind in {"preuve", "reference"} or any(sentence in part for part in shown)


@pytest.mark.parametrize("nom", GRILLES)
def test_un_critere_qui_ne_donne_rien_est_liste_a_part(nom: str) -> None:
    made = grilles.example(read_grille(nom), f"{nom}.yaml", 0, "fr")
    assert made is not None
    tree = tree_of(made.explication, "fr")
    shown = {part for group in tree.groupes for part in _texts(group.criteres)}
    silent = {name for name, _read in tree.tus}
    criteria = {node.libelle for _depth, node in made.explication.walk() if not node.enfants and node.libelle}
    assert criteria <= shown | silent | {group.nom for group in tree.groupes}


def test_le_total_et_les_points_ecartes_se_voient() -> None:
    made = grilles.example(read_grille("demo-ems"), "demo-ems.yaml", 0, "fr")
    assert made is not None
    tree = tree_of(made.explication, "fr")
    assert (tree.total, tree.unite) == ("113", "points")

    def struck(criteres: Any) -> list[Critere]:
        return [c for c in criteres if not c.retenu] + [s for c in criteres for s in struck(c.enfants)]

    names = [c.nom for group in tree.groupes for c in struck(group.criteres)]
    assert "Revenu fiscal sous le plafond PLUS" in names


def test_une_grille_fausse_dit_ce_qui_est_a_corriger() -> None:
    texte = read_grille("demo-ems").replace("    total: 42\n", "    total: 43\n")
    found = grilles.verify(texte, "fausse.yaml", AU)
    assert [problem.code for problem in found.erreurs] == ["COT-060"]
