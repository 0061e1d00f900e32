"""Objectives of the year, exact; and what a home would change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.engines.commission import Objectif
from palier.web.apps.attributions.presentation_comparaison import objective_state, objective_title
from palier.web.apps.attributions.queries import objectifs as lectures
from palier.web.apps.attributions.views.outils import mine
from palier.web.apps.comptes.droits import droit
from palier.web.components.ecriture import ecrire_nombre, ecrire_part
from palier.web.components.pieces import Colonne, Tableau
from palier.web.horloge import aujourdhui


@require_safe
@droit("objectif", "R")
def objectifs(request: HttpRequest) -> HttpResponse:
    """Show where each objective stands: counted, out of how many, required, missing."""
    today = aujourdhui()
    year = lectures.of_year(mine(request, "objectif"), today)
    columns = [
        Colonne(_("Objectif")),
        Colonne(_("Part à atteindre"), True),
        Colonne(_("Comptés"), True),
        Colonne(_("Sur"), True),
        Colonne(_("Requis"), True),
        Colonne(_("Inconnus"), True),
        Colonne(_("État")),
    ]
    table = Tableau(columns, [_row(o, year.contingents) for o in year.objectifs])
    context = {"annee": year.annee, "au": today, "tableau": table, "estime": year.origine == "estime"}
    return render(request, "attributions/bureau/objectifs.html", context)


def _row(objectif: Objectif, names: dict[str, str]) -> list[Any]:
    return [
        objective_title(objectif, names),
        ecrire_part(objectif.part, get_language() or "fr"),
        ecrire_nombre(objectif.n),
        ecrire_nombre(objectif.total),
        _("sans objet") if objectif.sans_objet else ecrire_nombre(objectif.requis),
        ecrire_nombre(objectif.inconnus),
        objective_state(objectif),
    ]
