"""Homes to allocate: the list, and one of them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from palier.base.mots import nombre
from palier.engines.commission import load_machine
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.queries import vacances as lectures
from palier.web.apps.attributions.views.outils import mine, opened, vacancy
from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.views.outils import key_of
from palier.web.components.pieces import Choix, GroupeChoix, Lien, Pages
from palier.web.horloge import aujourdhui


@require_safe
@droit("vacance", "U")
def liste(request: HttpRequest) -> HttpResponse:
    """List the homes of my landlord that wait to be let, the oldest first."""
    today, wanted, after = aujourdhui(), request.GET.get("etat", ""), key_of(request)
    states = load_machine("vacance").etats
    wanted = wanted if wanted in states else ""
    with opened(request):
        rows, more = lectures.vacancies_of(mine(request), wanted, after)
        total = lectures.count_of(mine(request), wanted)
    places = mots.places(rows, today)
    counted = ngettext("%(n)s logement", "%(n)s logements", total) % {"n": nombre(total)}
    asked = f"etat={wanted}" if wanted else ""
    following = f"{asked}&apres={rows[-1].pk}".lstrip("&") if more else ""
    choices = [Choix(code, etat.libelle, choisi=code == wanted) for code, etat in states.items()]
    context = {
        "lignes": [_line(v, places) for v in rows],
        "etats": GroupeChoix("etat", _("État"), [Choix("", _("À attribuer")), *choices], False),
        "choisis": 1 if wanted else 0,
        "compte": counted,
        "bouton": _("Filtrer"),
        "pages": Pages(counted, f"?{asked}" if after else "", f"?{following}" if following else ""),
    }
    return render(request, "attributions/bureau/vacances.html", context)


def _line(vacance: Any, places: dict[str, str]) -> dict[str, Any]:
    return {
        "nom": mots.home(vacance, places),
        "url": reverse("attributions:vacance", args=[vacance.pk]),
        "reference": vacance.logement.identifiant,
        "etat": mots.state("vacance", vacance.etat),
        "libre": vacance.bail_fin or vacance.livraison_le,
        "loyer_cent": None if vacance.loyer_cent is None else vacance.loyer_cent + vacance.charges_cent,
    }


@require_safe
@droit("vacance", "U")
def une(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a home to allocate: where it stands, what comes next and by whom."""
    today = aujourdhui()
    with opened(request):
        held = vacancy(request, pk)
        places = mots.places([held], today)
    context = {
        "vacance": held,
        "nom": mots.home(held, places),
        "etat": mots.state("vacance", held.etat),
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(mots.home(held, places), ""),
        ],
    }
    return render(request, "attributions/bureau/vacance.html", context)
