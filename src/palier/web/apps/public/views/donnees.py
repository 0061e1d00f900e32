"""Open data: the catalogue, the files of the day, the schemas."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.journal.queries import has_heads
from palier.web.apps.public.presentation import catalogue, dates, schemas
from palier.web.apps.public.queries import publications
from palier.web.apps.public.queries.statistiques import has_figures
from palier.web.apps.public.rules.exemple import example_csv
from palier.web.apps.public.views.exports import BORNE
from palier.web.apps.public.views.reponses import HEURE, JOUR, absolute, cached, etag_of, page
from palier.web.components.ecriture import ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.horloge import aujourdhui
from palier.web.limites import limite

_KB = 1_000


def _size(octets: int, langue: str) -> str:
    if octets < _KB * _KB:
        return _("%(n)s ko") % {"n": ecrire_nombre(-(-octets // _KB), langue)}
    return _("%(n)s Mo") % {"n": ecrire_nombre(-(-octets // (_KB * _KB)), langue)}


def _rows(jeu: catalogue.Jeu, langue: str) -> Tableau:
    lines = []
    for one in jeu.distributions:
        when = dates.full(one.fichier.jour) if one.fichier else _("à l'instant")
        size = _size(one.fichier.octets, langue) if one.fichier else _("selon vos filtres")
        table = (
            Lien(one.schema.rpartition("/")[2].removesuffix(".json"), one.schema)
            if one.schema
            else _("aucun")
        )
        lines.append([Lien(one.titre, one.url), when, size, table])
    columns = [Colonne(_("Fichier")), Colonne(_("Date")), Colonne(_("Taille")), Colonne(_("Schéma"))]
    return Tableau(columns, lines)


@require_safe
@droit("offre_publiee", "R")
def donnees(request: HttpRequest) -> HttpResponse:
    """Show the catalogue."""
    langue = get_language() or "fr"
    sets = catalogue.datasets(publications.latest(), chiffres=has_figures(), journal=has_heads())
    context = {
        "titre": _("Données ouvertes"),
        "resume": _(
            "Toutes les offres et tous les chiffres, en fichiers et par API, sous Licence Ouverte 2.0."
        ),
        "canonique": absolute(adresse("/donnees")),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(_("Données ouvertes"), "")],
        "jeux": [(jeu, _rows(jeu, langue)) for jeu in sets],
        "borne": BORNE,
        "instantane": bool(publications.latest()),
        "licence": catalogue.LICENCE_PAGE,
    }
    return page(request, "public/donnees.html", context)


@require_safe
@droit("offre_publiee", "R")
def dcat(request: HttpRequest) -> HttpResponse:
    """Give the catalogue as DCAT-AP."""
    with override("fr"):
        sets = catalogue.datasets(publications.latest(), chiffres=has_figures(), journal=has_heads())
        found = catalogue.dcat(sets, settings.ENVIRONNEMENT, aujourdhui())
    return _json(request, found, "application/ld+json")


@require_safe
@limite("export")
@droit("offre_publiee", "R")
def fichier(request: HttpRequest, nom: str, jour: str = "") -> HttpResponse:
    """Give a file of a day, else of the last one."""
    try:
        day = dt.date.fromisoformat(jour) if jour else None
    except ValueError as error:
        raise Http404 from error
    found = publications.find(nom, day)
    if found is None:
        raise Http404
    tag = etag_of(found.jour, found.nom, found.octets, found.ecrit)
    age = JOUR if day else HEURE
    answer = cached(
        request, HttpResponse(content_type=found.type), secondes=age, etag=tag, modifie=found.ecrit
    )
    if answer.status_code != 200 or request.method == "HEAD":  # nothing is sent, so nothing is opened
        return answer
    name = f"{found.jour.isoformat()}-{found.nom}"
    response = FileResponse(
        found.chemin.open("rb"), content_type=found.type, as_attachment=True, filename=name
    )
    for header in ("ETag", "Last-Modified", "Cache-Control"):
        response[header] = answer[header]
    response["Access-Control-Allow-Origin"] = "*"
    return response  # type: ignore[return-value]  # a response too


@require_safe
@droit("offre_publiee", "R")
def schema(request: HttpRequest, nom: str) -> HttpResponse:
    """Give a Table Schema."""
    found = schemas.published(nom, settings.ENVIRONNEMENT)
    if found is None:
        raise Http404
    return _json(request, found, "application/json")


@require_safe
@droit("offre_publiee", "R")
def exemple(request: HttpRequest) -> HttpResponse:
    """Give a file of invented offers that passes every check."""
    response = HttpResponse("\ufeff" + example_csv(aujourdhui()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="exemple-offres.csv"'
    return cached(request, response, secondes=JOUR)


def _json(request: HttpRequest, value: dict[str, Any], kind: str) -> HttpResponse:
    response = HttpResponse(json.dumps(value, ensure_ascii=False, indent=1), content_type=kind)
    response["Access-Control-Allow-Origin"] = "*"
    return cached(request, response, secondes=HEURE)
