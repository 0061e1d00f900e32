"""What a first visit weighs: a page of twenty offers, its styles, fonts, icons and script."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from palier.web.components import actifs
from palier.web.components.exemples import contexte, offres

PREMIERE_VISITE = ("site.css", "site.js", "icones.svg", "favicon.svg", "titre.woff2", "texte.woff2")
_PHYSIQUE = re.compile(r"[;{](?:margin|padding|border|scroll-margin)?-?(?:left|right)[\w-]*:")


def _read(nom: str) -> bytes:
    return (actifs.DIST / actifs.chemin_actif(nom).removeprefix("dist/")).read_bytes()


def _weight(nom: str) -> int:
    return len(_read(nom)) if nom.endswith("woff2") else len(gzip.compress(_read(nom)))


def test_vingt_offres_pesent_moins_de_60_ko() -> None:
    twenty = [replace(offres()[i % 5], url=f"/offres/{i:032x}", titre=f"Offre {i}") for i in range(20)]
    context = {**contexte(), "offres": twenty}
    with translation.override("fr"):
        page = render_to_string("composants.html", context, RequestFactory().get("/offres"))
    weights = {nom: _weight(nom) for nom in PREMIERE_VISITE} | {"page": len(gzip.compress(page.encode()))}
    print(weights, sum(weights.values()))
    assert weights["site.css"] < 20_000
    assert sum(weights.values()) < 60_000


def test_la_feuille_sert_les_deux_sens() -> None:
    style = _read("site.css").decode()
    assert _PHYSIQUE.findall(style) == []
    assert not re.search(r"(?:text-align|float):(?:left|right)", style)
    for values in re.findall(r"[;{](?:margin|padding):([^;}]+)", style):
        sides = values.split()
        assert len(sides) != 4 or sides[1] == sides[3], values


@pytest.mark.parametrize("nom", ["site.css", "site.js"])
def test_rien_n_est_demande_ailleurs(nom: str) -> None:
    assert not re.search(r"(?:url\(|import\()[\"']?(?:https?:)?//", _read(nom).decode())


def test_la_carte_et_htmx_ne_viennent_qu_a_l_usage() -> None:
    """The script of every page names them in dynamic imports only."""
    script = _read("site.js").decode()
    assert not re.search(r"^import|[;}]import[^(]", script)
    assert len(gzip.compress(script.encode())) < 3_000
