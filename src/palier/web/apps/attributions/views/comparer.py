"""The candidates of a home, side by side."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Candidature
from palier.web.apps.attributions.presentation_comparaison import columns
from palier.web.apps.attributions.queries import comparaison
from palier.web.apps.attributions.views.outils import mine, opened, vacancy
from palier.web.apps.comptes.droits import droit
from palier.web.apps.journal.operations import inscrire
from palier.web.components.explication import words_language
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui

_MONTRES = ("eligible", "inscrite", "examinee")


@require_safe
@droit("vacance", "U")
def comparer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the live candidates of a home in columns; the reading of their resources is written down."""
    today = aujourdhui()
    found = None
    with opened(request):
        home = vacancy(request, pk)
        rows = list(Candidature.objects.filter(vacance=home, etat__in=_MONTRES))
        if rows:
            found = comparaison.compare(home, rows, today)
            inscrire(
                acteur=request.user,
                verbe="candidature.comparer",
                objet_type="vacance",
                objet_id=home.pk,
                organisme=mine(request),
                champs=comparaison.CHAMPS,
            )
        name = mots.home(home, mots.places([home], today))
    langue = words_language(translation.get_language() or "fr")
    context = {
        "nom": name,
        "au": today,
        "colonnes": None if found is None else columns(found, langue),
        "estime": found is not None and found.annee.origine == "estime",
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(name, reverse("attributions:vacance", args=[pk])),
            Lien(_("Candidats comparés"), ""),
        ],
    }
    return render(request, "attributions/bureau/comparer.html", context)
