"""Pages of words: help, accessibility, privacy, legal notice, plan of the site, guide for developers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier import __version__
from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.queries.plan import PAGES
from palier.web.apps.public.rules import retention
from palier.web.apps.public.rules.reperes import reperes
from palier.web.apps.public.views.exports import BORNE
from palier.web.apps.public.views.reponses import HEURE, absolute, page
from palier.web.components.liens import adresse
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.components.textes import isoler


def _page(
    request: HttpRequest, chemin: str, titre: str, resume: str, gabarit: str, **plus: Any
) -> HttpResponse:
    context = {
        "titre": titre,
        "resume": resume,
        "canonique": absolute(adresse(chemin)),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(titre, "")],
        **plus,
    }
    return page(request, gabarit, context, secondes=HEURE)


@require_safe
@droit("offre_publiee", "R")
def aide(request: HttpRequest) -> HttpResponse:
    """Show who helps, by phone, at a desk, by post, on paper."""
    resume = _("Par téléphone, au guichet, par courrier ou sur papier : une personne peut vous aider.")
    cerfa = reperes()["cerfa_demande"].valeur
    return _page(request, "/aide", _("Aide et contact"), resume, "public/aide.html", cerfa=cerfa)


@require_safe
@droit("offre_publiee", "R")
def accessibilite(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement: what was tested, what was not."""
    resume = _("Ce qui a été vérifié, ce qui ne l'a pas été, et à qui le dire.")
    return _page(
        request,
        "/accessibilite",
        _("Accessibilité : pas encore d'audit"),
        resume,
        "public/accessibilite.html",
        version=__version__,
        defenseur={part: isoler(reperes()[f"defenseur_{part}"].valeur) for part in ("adresse", "telephone")},
        site=reperes()["defenseur_site"].valeur,
    )


@require_safe
@droit("offre_publiee", "R")
def plan(request: HttpRequest) -> HttpResponse:
    """Show all public pages."""
    pages = [Lien(_(words), adresse(path)) for path, words in PAGES]
    resume = _("Toutes les pages ouvertes du site.")
    return _page(request, "/plan-du-site", _("Plan du site"), resume, "public/plan.html", pages=pages)


@require_safe
@droit("offre_publiee", "R")
def confidentialite(request: HttpRequest) -> HttpResponse:
    """Show what is known of visitors, for how long, and their rights."""
    resume = _("Aucun compte, aucun cookie, aucune mesure d'audience sur les pages ouvertes.")
    return _page(
        request,
        "/confidentialite",
        _("Confidentialité"),
        resume,
        "public/confidentialite.html",
        heures=int(retention.CONFIRMATION.total_seconds() // 3600),
        jours=retention.NON_CONFIRMEE.days,
    )


@require_safe
@droit("offre_publiee", "R")
def mentions(request: HttpRequest) -> HttpResponse:
    """Show who runs the site, and under which licences."""
    resume = _("Qui tient ce site, et sous quelles licences sont le code et les données.")
    return _page(
        request,
        "/mentions-legales",
        _("Mentions légales"),
        resume,
        "public/mentions.html",
        version=__version__,
    )


@require_safe
@droit("offre_publiee", "R")
def developpeurs(request: HttpRequest) -> HttpResponse:
    """Show how programs read and write: addresses, keys, rates, errors."""
    resume = _("API ouverte, exports et dépôt : adresses, clés, débits, erreurs, exemples.")
    rates = settings.DEBITS
    rows = [
        [_("Lecture de l'API"), isoler("/api/v1/offres"), _rate(*rates["api"])],
        [_("Recherche de lieux"), isoler("/api/v1/lieux"), _rate(*rates["lieux"])],
        [
            _("Exports et flux"),
            isoler("/offres.csv, .geojson, .parquet, .jsonld, .atom"),
            _rate(*rates["export"]),
        ],
        [_("Dépôt des bailleurs"), isoler("/api/v1/bailleurs/…"), _rate(*rates["depot"])],
    ]
    columns = [Colonne(_("Porte")), Colonne(_("Adresse")), Colonne(_("Débit par adresse IP"))]
    return _page(
        request,
        "/developpeurs",
        _("Développeurs"),
        resume,
        "public/developpeurs.html",
        base=settings.ADRESSE_PUBLIQUE,
        debits=Tableau(columns, rows),
        borne=BORNE,
    )


def _rate(calls: int, seconds: int) -> str:
    if seconds == HEURE:
        return _("%(n)d appels par heure") % {"n": calls}
    return _("%(n)d appels par minute") % {"n": calls * 60 // seconds}
