"""The published heads of the journal: the page, and the same as CSV, JSON and Atom."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.journal import queries
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation import journal as mots
from palier.web.apps.public.views.reponses import HEURE, absolute, cached, page
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien, Pages, Vide
from palier.web.limites import limite

PAR_PAGE = 14


def _before(request: HttpRequest) -> dt.date | None:
    """Return the key of a page: the heads of earlier days.

    Raises
    ------
    Http404
        For what is no day.
    """
    text = request.GET.get("avant", "")
    if not text:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Http404
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


@require_safe
@droit("tete_publiee", "R")
def tetes(request: HttpRequest) -> HttpResponse:
    """Show the head of each day, what it proves, and how to check it."""
    before = _before(request)
    found = queries.published_heads(before, PAR_PAGE + 1)
    shown, more = found[:PAR_PAGE], len(found) > PAR_PAGE
    here = adresse("/journal")
    title = _("Journal vérifiable")
    context: dict[str, Any] = {
        "titre": title,
        "resume": _(
            "Chaque jour, une empreinte publiée fige tout ce que les agents ont fait : personne ne peut"
            " réécrire l'histoire sans que cela se voie."
        ),
        "canonique": absolute(here),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(title, "")],
        "base": settings.ADRESSE_PUBLIQUE,
        "exemple": f"{shown[0].numero}:{shown[0].empreinte}" if shown else _("NUMÉRO:EMPREINTE"),
    }
    if shown:
        last, first = dates.full(shown[-1].jour), dates.full(shown[0].jour)
        context |= {
            "tableau": mots.table(shown, get_language() or "fr"),
            "pages": Pages(
                _("Du %(debut)s au %(fin)s") % {"debut": last, "fin": first},
                here if before else "",
                f"{here}?avant={shown[-1].jour.isoformat()}" if more else "",
            ),
        }
    else:
        context["vide"] = Vide(
            _("Aucune tête n'est publiée"),
            _("La première paraît dans l'heure qui suit la fin du premier jour."),
        )
    return page(request, "public/journal.html", context)


def _machine(request: HttpRequest, text: str, kind: str, name: str = "") -> HttpResponse:
    answer = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return cached(request, answer, secondes=HEURE)


@require_safe
@limite("export")
@droit("tete_publiee", "R")
def en_csv(request: HttpRequest) -> HttpResponse:
    """Return every published head as CSV: one line a day."""
    return _machine(request, mots.csv_of(queries.every_head()), "text/csv", "journal.csv")


@require_safe
@limite("export")
@droit("tete_publiee", "R")
def en_json(request: HttpRequest) -> HttpResponse:
    """Return every published head as JSON."""
    return _machine(request, mots.json_of(queries.every_head()), "application/json")


@require_safe
@limite("export")
@droit("tete_publiee", "R")
def en_atom(request: HttpRequest) -> HttpResponse:
    """Return the heads of the last month as a feed."""
    with override("fr"):
        text = mots.atom_of(queries.published_heads(), absolute(""), settings.ENVIRONNEMENT.operateur)
    return _machine(request, text, "application/atom+xml")
