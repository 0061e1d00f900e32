"""The journal as its readers see it: acts of one's organisme, or all of them and the proof of the chain."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from palier.web.apps.comptes.droits import droit
from palier.web.apps.comptes.rules import scope
from palier.web.apps.journal import queries as journal
from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes import queries
from palier.web.apps.organismes.views.actes import say_act, say_door, say_object
from palier.web.apps.organismes.views.outils import PAR_PAGE, fonction_of, next_page

_LONGEST = 18  # digits of a line's number


def _row(event: Evenement, names: dict[str, str]) -> dict[str, Any]:
    """Return a line in words."""
    return {
        "instant": event.instant,
        "acte": say_act(event.verbe),
        "objet": say_object(event.objet_type),
        "numero": "" if ":" in event.objet_id else event.objet_id[-12:],  # a view refused, not an object
        "champs": ", ".join(event.champs),
        "acteur": names.get(event.acteur) or event.acteur[:36],
        "porte": say_door(event.origine),
    }


@droit("journal", "R")
@require_GET
def lire(request: HttpRequest) -> HttpResponse:
    """List events, by page of key; an auditor also proves the chain."""
    fonction = fonction_of(request)
    everywhere = scope(fonction.role, "journal", "R") == "partout"
    raw = request.GET.get("avant", "")
    before = int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= _LONGEST else None
    own = None if everywhere else str(fonction.organisme_id)
    page, more = next_page(journal.recent(own, before, PAR_PAGE + 1))
    names = queries.names_of(event.acteur for event in page)
    context = {
        "lignes": [_row(event, names) for event in page],
        "suite": page[-1].pk if more else None,
        "debut": before is not None,
        "partout": everywhere,
        "verification": journal.verify() if everywhere and before is None else None,
        "tetes": journal.published_heads(nombre=7) if everywhere else [],
    }
    return render(request, "organismes/journal.html", context)
