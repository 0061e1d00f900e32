"""To whom homes go: the report of a half-year, and the same as CSV."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation.bilan import Redaction, csv_of
from palier.web.apps.public.presentation.methodes import method_link
from palier.web.apps.public.queries.bilans import Bilan, report_at, territories
from palier.web.apps.public.views.reponses import HEURE, absolute, cached, page
from palier.web.components.liens import adresse
from palier.web.components.pieces import Choix, GroupeChoix, Lien, Vide
from palier.web.limites import limite

_ICI = "/chiffres/attributions"


def asked(request: HttpRequest, known: list[tuple[str, str]]) -> Bilan | None:
    """Return the report that an address names; the latest of the first territory by default.

    Raises
    ------
    Http404
        For a territory or a period of which nothing is published.
    """
    code, day = request.GET.get("territoire", ""), request.GET.get("du", "")
    if not code and not known:
        return None
    if day and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise Http404
    try:
        found = report_at(code or known[0][0], dt.date.fromisoformat(day) if day else None)
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


@require_safe
@droit("chiffre", "R")
def attributions(request: HttpRequest) -> HttpResponse:
    """Show to whom homes went, with which points, in which order, and how objectives stand."""
    known = territories()
    found = asked(request, known)
    title = _("À qui vont les logements ?")
    context: dict[str, Any] = {
        "titre": title,
        "resume": _(
            "Les attributions d'un semestre, comptées par groupes d'au moins onze ménages : personne ne peut"
            " y être reconnu."
        ),
        "canonique": absolute(adresse(_ICI)),
        "chemin": [
            Lien(_("Accueil"), adresse("/")),
            Lien(_("Chiffres"), adresse("/chiffres")),
            Lien(title, ""),
        ],
        "methode": method_link("attributions"),
        "methode_masque": method_link("masque"),
    }
    if found is None:
        context["vide"] = Vide(
            _("Aucun bilan n'est publié"),
            _("Un semestre paraît ici un mois après sa fin, quand des logements y ont été attribués."),
        )
    else:
        context |= _report(found, known)
    return page(request, "public/attributions.html", context)


def _report(found: Bilan, known: list[tuple[str, str]]) -> dict[str, Any]:
    written = Redaction(found, get_language() or "fr")
    periods = [
        Choix(
            du.isoformat(),
            _("Du %(debut)s au %(fin)s") % {"debut": dates.full(du), "fin": dates.full(au)},
            choisi=du == found.du,
        )
        for du, au in found.periodes
    ]
    places = [Choix(code, nom, choisi=code == found.territoire) for code, nom in known]
    return {
        "bilan": found,
        "etat": written.period(),
        "en_bref": written.summary(),
        "categories": written.categories(),
        "canaux": written.channels(),
        "points": written.points(),
        "ecarts": written.departures(),
        "exceptions": written.counts("exceptions", "exception", _("Exception")),
        "decisions": written.counts("decisions", "decision", _("Décision")),
        "objectifs": written.objectives(),
        "quartile": written.quartile_note(),
        "publiee_le": dates.full(dates.in_paris(found.publiee_le)),
        "territoires": GroupeChoix("territoire", _("Territoire"), places) if len(known) > 1 else None,
        "periodes": GroupeChoix("du", _("Période"), periods) if len(periods) > 1 else None,
        "csv": f"{_ICI}.csv?territoire={found.territoire}&du={found.du.isoformat()}",
    }


@require_safe
@droit("chiffre", "R")
@limite("export")
def en_csv(request: HttpRequest) -> HttpResponse:
    """Return a report as CSV, one value a line."""
    found = asked(request, territories())
    if found is None:
        raise Http404
    answer = HttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
    name = f"attributions-{found.territoire}-{found.du.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cached(request, answer, secondes=HEURE)
