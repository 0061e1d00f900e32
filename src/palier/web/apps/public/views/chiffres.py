"""The figures: waits, pressure, freshness; the same as CSV and Atom."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import fraicheur as freshness
from palier.web.apps.public.presentation import chiffres as mots
from palier.web.apps.public.presentation import dates, fraicheur
from palier.web.apps.public.presentation.exports_chiffres import atom_of, csv_of
from palier.web.apps.public.presentation.grilles import version_link
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.apps.public.queries.chiffres import Chiffres, Territoire, figures_at, territories
from palier.web.apps.public.views.reponses import HEURE, absolute, cached, page
from palier.web.components.liens import adresse
from palier.web.components.pieces import Choix, GroupeChoix, Lien, Vide
from palier.web.horloge import aujourdhui
from palier.web.limites import limite


def asked(request: HttpRequest, known: list[Territoire]) -> Chiffres | None:
    """Return the figures that an address names; the only territory, or the first one, by default.

    Raises
    ------
    Http404
        For a territory or a date of which nothing is published.
    """
    code, day = request.GET.get("territoire", ""), request.GET.get("au", "")
    if not code and not known:
        return None
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise Http404
    try:
        found = figures_at(code or known[0].code, dt.date.fromisoformat(day) if day else None)
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


@require_safe
@droit("chiffre", "R")
def chiffres(request: HttpRequest) -> HttpResponse:
    """Show what is published of a territory, and the measured freshness of the site."""
    langue, au = get_language() or "fr", aujourdhui()
    known = territories()
    found = asked(request, known)
    measured = freshness.measure(au)
    context: dict[str, Any] = {
        "titre": _("Combien de temps attend-on ?"),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(_("Chiffres"), "")],
        "canonique": absolute(adresse("/chiffres")),
        "fraicheur": fraicheur.figures(measured, langue),
        "fraicheur_tableau": fraicheur.table(measured, langue),
        "fraicheur_jour": dates.full(au),
        "methode_masque": method_link("masque"),
        "territoires": _choices(known, found),
    }
    if found is None:
        context["vide"] = Vide(
            _("Aucun chiffre n'est publié sur les demandes"),
            _(
                "Les territoires publient leurs files, leurs points et leurs attentes. Aucun ne l'a encore"
                " fait ici."
            ),
        )
    else:
        context |= _territory(request, found, langue)
    return page(request, "public/chiffres.html", context)


def _territory(request: HttpRequest, found: Chiffres, langue: str) -> dict[str, Any]:
    written = mots.Redaction(found, langue)
    size = request.GET.get("taille", "").lower()
    size = size if size in found.tailles else ""
    choices = [Choix(taille, written.size(taille), choisi=taille == size) for taille in ("", *found.tailles)]
    return {
        "chiffres": found,
        "etat": _("%(lieu)s, le %(jour)s") % {"lieu": found.nom, "jour": dates.full(found.au)},
        "en_bref": written.summary(),
        "estimees": written.expected(),
        "logees": written.housed(),
        "tension": written.tension(),
        "secteurs": written.sectors(size) if found.secteurs else None,
        "taille": GroupeChoix("taille", _("Taille"), choices),
        "programmes": mots.programs(found),
        "autres_dates": mots.other_dates(found),
        "grille": version_link(found.territoire, str(found.provenance.get("grille", ""))),
        "publiee_le": dates.full(dates.in_paris(found.publiee_le)),
    }


def _choices(known: list[Territoire], found: Chiffres | None) -> GroupeChoix | None:
    if found is None or len(known) < 2:
        return None
    choices = [Choix(t.code, t.nom, choisi=t.code == found.territoire) for t in known]
    return GroupeChoix("territoire", _("Territoire"), choices)


@require_safe
@droit("chiffre", "R")
@limite("export")
def en_csv(request: HttpRequest) -> HttpResponse:
    """Return every queue of a territory as CSV, one per line."""
    found = asked(request, territories())
    if found is None:
        raise Http404
    answer = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
    name = f"chiffres-{found.territoire}-{found.au.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cached(request, answer, secondes=HEURE)


@require_safe
@droit("chiffre", "R")
@limite("export")
def en_atom(request: HttpRequest) -> HttpResponse:
    """Return the publications of figures as a feed, one entry per territory and date."""
    text = atom_of(territories(), absolute(""), settings.ENVIRONNEMENT.operateur)
    answer = HttpResponse(text, content_type="application/atom+xml; charset=utf-8")
    return cached(request, answer, secondes=HEURE)
