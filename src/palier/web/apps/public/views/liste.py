"""The list of offers: to rent, to buy, premises; every filter in the address, no script needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import Filtres, parse_filtres
from palier.web.apps.public.presentation import cartes
from palier.web.apps.public.presentation import recherche as mots
from palier.web.apps.public.queries.exports import BORNE
from palier.web.apps.public.queries.lieux import place_of, resolve
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien, Pages
from palier.web.components.textes import enumerer, isoler
from palier.web.horloge import aujourdhui

PAGES = {"louer": "/offres", "acheter": "/acheter", "local": "/locaux"}
_GABARITS = {"louer": "public/offres.html", "acheter": "public/acheter.html", "local": "public/locaux.html"}
_LONGEST_PLACE = 80


@require_safe
@droit("offre_publiee", "R")
def liste(request: HttpRequest, nature: str = "") -> HttpResponse:
    """Show a page of offers; a typed place is resolved, then the address is made whole."""
    params = {name: request.GET.getlist(name) for name in request.GET}
    filtres = parse_filtres(params)
    if nature:
        filtres = replace(filtres, nature=nature)
    typed = request.GET.get("lieu", "").strip()[:_LONGEST_PLACE]
    error = ""
    if "lieu" in request.GET:
        filtres, error = with_place(filtres, typed)
        if not error:
            return redirect(mots.link(PAGES[filtres.nature], page_of(filtres)))
    elif filtres.nature != "louer" and not nature:
        return redirect(mots.link(PAGES[filtres.nature], page_of(filtres)))
    context = context_of(request, filtres, typed, error)
    return render(request, _GABARITS[filtres.nature], context, status=200 if not error else 422)


def page_of(filtres: Filtres) -> Filtres:
    """Return the filters without what the address of the page says already."""
    return replace(filtres, nature="louer")


def with_place(filtres: Filtres, typed: str) -> tuple[Filtres, str]:
    """Return the filters with the place that a person typed, or what is wrong."""
    bare = replace(filtres, communes=(), departement="", epci="", centre=None, autour_de="")
    if not typed:
        return replace(bare, rayon_km=0), ""
    found = resolve(typed)
    if found is None:
        return filtres, _("Nous ne connaissons pas ce lieu. Essayez le code postal, ou le nom de la commune.")
    return found.narrow(bare, filtres.rayon_km), ""


def context_of(request: HttpRequest, filtres: Filtres, typed: str, error: str) -> dict[str, Any]:
    """Return all that the page of a list shows."""
    langue = get_language() or "fr"
    page_path = PAGES[filtres.nature]
    bare = page_of(filtres)
    lieu = place_of(filtres)
    label = typed if error else (filtres.autour_de or (lieu.libelle if lieu else ""))
    page, total = recherche.search_and_count(filtres, request.GET.get("apres", "")[:200])
    shown = page.offres
    first = not request.GET.get("apres")
    return {
        "filtres": bare,
        "nature": filtres.nature,
        "titre": title_of(filtres, "" if error else label),
        "compte": count_words(total, langue),
        "total": total,
        "formulaire": mots.form(filtres, label, recherche.count_by_size(filtres), langue, error),
        "puces": mots.chips(bare, page_path, label, langue),
        "tri": mots.sort_choices(filtres),
        "caches": [(n, v) for n, v in _hidden(bare) if n != "tri"],
        "action": adresse(page_path),
        "bouton": button_of(filtres),
        "offres": cartes.drawn(shown, aujourdhui(), niveau=2),
        "vide": mots.empty(bare, _without(filtres), page_path, label, langue) if not shown else None,
        "pages": pages_of(bare, page_path, page.suivante, len(shown), total, first=first),
        "bascule": [
            Lien(_("Liste"), mots.link(page_path, bare), "list-bullets", courant=True),
            Lien(_("Carte"), mots.link("/carte", filtres), "map-trifold"),
        ],
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(titles()[filtres.nature], "")],
        "lien_alerte": mots.link("/alertes", filtres),
        "flux": feeds(filtres, total),
        "erreurs": filtres.problems,
    }


def title_of(filtres: Filtres, lieu: str) -> str:
    """Return « Logements à louer, Orlemont »."""
    name = titles()[filtres.nature]
    if filtres.centre:
        return name + _(" autour de %(lieu)s") % {"lieu": lieu}
    return enumerer((name, isoler(lieu))) if lieu else name


def button_of(filtres: Filtres) -> str:
    """Return the words of the button of the filters."""
    return _("Voir les locaux") if filtres.nature == "local" else _("Voir les logements")


def titles() -> dict[str, str]:
    """Return the titles of the three lists."""
    return {
        "louer": _("Logements à louer"),
        "acheter": _("Logements à acheter"),
        "local": _("Locaux d'activité"),
    }


def count_words(total: int, langue: str) -> str:
    """Return « 38 offres en ligne »."""
    return ngettext("%(n)s offre en ligne", "%(n)s offres en ligne", total) % {
        "n": ecrire_nombre(total, langue)
    }


def _hidden(filtres: Filtres) -> list[tuple[str, str]]:
    """Return the parameters of an address, to be kept by a small form."""
    return parse_qsl(filtres.query())


def _without(filtres: Filtres) -> dict[str, int]:
    """Return what each filter removes."""
    return recherche.removed_by(filtres)


def pages_of(
    filtres: Filtres, page: str, suivante: str, shown: int, total: int, *, first: bool
) -> Pages | None:
    """Return the links to the first and next pages; None for a single page."""
    if first and not suivante:
        return None
    here = mots.link(page, filtres)
    joint = "&" if "?" in here else "?"
    return Pages(
        resume=_("%(n)d offres sur cette page, %(total)d en tout") % {"n": shown, "total": total},
        debut="" if first else here,
        suite=f"{here}{joint}apres={suivante}" if suivante else "",
    )


def feeds(filtres: Filtres, total: int) -> list[Lien]:
    """Return the same list for programs; for a list too long for them, the files of the day."""
    query = filtres.query()
    tail = f"?{query}" if query else ""
    if total > BORNE:
        return [Lien("Atom", f"/offres.atom{tail}"), Lien(_("Données ouvertes"), adresse("/donnees"))]
    return [
        Lien("Atom", f"/offres.atom{tail}"),
        Lien("CSV", f"/offres.csv{tail}"),
        Lien("GeoJSON", f"/offres.geojson{tail}"),
    ]
