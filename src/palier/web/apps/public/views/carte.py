"""The map of offers: the twin of the list, same filters, no script needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import Filtres, parse_filtres
from palier.web.apps.public.presentation import carte as dessin
from palier.web.apps.public.presentation import cartes, exports
from palier.web.apps.public.presentation import recherche as mots
from palier.web.apps.public.queries import carte as queries
from palier.web.apps.public.queries.lieux import place_of
from palier.web.apps.public.rules import cadre
from palier.web.apps.public.views.liste import (
    PAGES,
    button_of,
    feeds,
    page_of,
    pages_of,
    title_of,
    with_place,
)
from palier.web.apps.public.views.reponses import MINUTE, cached, page
from palier.web.apps.territoires.queries import communes_at, mentions
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien
from palier.web.erreurs import problem_json
from palier.web.horloge import aujourdhui
from palier.web.limites import limite

_UNITS = 560.0  # what the drawing can show across
_MOST_MARKS, _MOST_POINTS, _FINE = 200, 3_000, 64


@require_safe
@droit("offre_publiee", "R")
def carte(request: HttpRequest) -> HttpResponse:
    """Show the offers of some filters on a map, then the same in a list."""
    params = {name: request.GET.getlist(name) for name in request.GET}
    filtres = parse_filtres(params)
    typed = request.GET.get("lieu", "").strip()[:80]
    error = ""
    if "lieu" in request.GET:
        same = typed == request.GET.get("lieu_avant", "").strip()[:80]
        filtres, error = with_place(filtres if same else replace(filtres, boite=None), typed)
        if not error:
            return redirect(mots.link(dessin.CARTE, filtres))
    context = _context(request, filtres, typed, error)
    return page(request, "public/carte.html", context, statut=422 if error else 200)


def _context(request: HttpRequest, filtres: Filtres, typed: str, error: str) -> dict[str, Any]:
    langue, au = get_language() or "fr", aujourdhui()
    lieu = place_of(filtres)
    label = typed if error else (filtres.autour_de or (lieu.libelle if lieu else ""))
    box = queries.frame_of(filtres, lieu)
    groups = queries.groups(filtres, box, cadre.cells(box), _MOST_MARKS)
    everywhere = recherche.count(replace(filtres, boite=None))
    seen = sum(group.nombre for group in groups)
    title = title_of(filtres, label)
    result = dessin.result_words(seen, everywhere, langue)
    list_path = PAGES[filtres.nature]
    found, listed = recherche.search_and_count(filtres, request.GET.get("apres", "")[:200])
    names = {c.code: c.nom for c in communes_at({g.commune for g in groups if g.commune}, au).values()}
    shown = found.offres
    return {
        "filtres": filtres,
        "nature": filtres.nature,
        "titre": title,
        "compte": result,
        "formulaire": mots.form(filtres, label, recherche.count_by_size(filtres), langue, error),
        "puces": mots.chips(filtres, dessin.CARTE, label, langue),
        "caches": _kept(filtres, label),
        "action": adresse(dessin.CARTE),
        "bouton": button_of(filtres),
        "panneau": dessin.panel(
            filtres=filtres,
            boite=box,
            groupes=groups,
            fond=queries.ground(box, _UNITS),
            fiches=queries.cards([group.offre for group in groups if group.nombre == 1]),
            communes=names,
            liste=list_path,
            nom=f"{title} : {result}",
            langue=langue,
        ),
        "deplacements": dessin.moves(filtres, box),
        "mentions": _mentions(),
        "offres": cartes.drawn(shown, au, niveau=3),
        "vide": None
        if shown
        else mots.empty(filtres, recherche.removed_by(filtres), dessin.CARTE, label, langue),
        "pages": pages_of(
            filtres,
            dessin.CARTE,
            found.suivante,
            len(shown),
            listed,
            first=not request.GET.get("apres"),
        ),
        "bascule": [
            Lien(_("Liste"), mots.link(list_path, page_of(filtres)), "list-bullets"),
            Lien(_("Carte"), mots.link(dessin.CARTE, filtres), "map-trifold", courant=True),
        ],
        "chemin": [
            Lien(_("Accueil"), adresse("/")),
            Lien(title_of(replace(filtres, centre=None), ""), adresse(list_path)),
            Lien(_("Carte"), ""),
        ],
        "flux": feeds(filtres, listed),
        "erreurs": filtres.problems,
    }


def _mentions() -> list[str]:
    """Return what the licences of outlines and background ask to show."""
    ground = settings.ENVIRONNEMENT.fond
    return [*mentions(), *([ground.mention] if ground else [])]


def _kept(filtres: Filtres, label: str) -> list[tuple[str, str]]:
    """Return what the form keeps without asking it: nature, and the frame while the place is the same."""
    kept = [("nature", filtres.nature), ("lieu_avant", label)]
    if filtres.boite:
        kept.append(("boite", ",".join(f"{value:.4f}" for value in filtres.boite)))
    return kept


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def points(request: HttpRequest) -> HttpResponse:
    """Give the offers of some filters as points: each one, or groups by squares when they are many."""
    filtres = parse_filtres({name: request.GET.getlist(name) for name in request.GET})
    if filtres.problems:
        return problem_json(422, filtres.problems)
    free = replace(filtres, boite=None)
    few = recherche.count(free) <= _MOST_POINTS
    square = cadre.POINT_A_POINT if few else cadre.cells(queries.frame_of(free, place_of(free)), _FINE)
    groups = queries.groups(free, cadre.MONDE, square, _MOST_POINTS)
    alone = queries.cards([group.offre for group in groups if group.nombre == 1])
    text = exports.points(groups, alone, free, PAGES[free.nature])
    response = HttpResponse(text, content_type="application/geo+json")
    return cached(request, response, secondes=MINUTE)
