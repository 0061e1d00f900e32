"""Visits by appointment: those to come, one proposed, one answered for the candidate."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Candidature, Visite
from palier.web.apps.attributions.operations import visites as operations
from palier.web.apps.attributions.queries import visites as lectures
from palier.web.apps.attributions.views.formulaires import VisiteForm
from palier.web.apps.attributions.views.outils import actor_of, mine, opened, out_of_reach
from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.views.outils import hold, say
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui, maintenant


@require_safe
@droit("visite", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the appointments to come."""
    with opened(request):
        rows = lectures.coming(mine(request), maintenant())
        places = mots.places([v.candidature.vacance for v in rows], aujourdhui())
    context = {"lignes": [{"visite": v, "logement": mots.home(v.candidature.vacance, places)} for v in rows]}
    return render(request, "attributions/bureau/visites.html", context)


@require_http_methods(["GET", "POST"])
@droit("visite", "C")
def proposer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Propose an appointment to a candidate."""
    form = VisiteForm(request.POST or None)
    with opened(request):
        held = (
            Candidature.objects.filter(pk=pk, bailleur_id=mine(request))
            .select_related("vacance__logement")
            .first()
        )
        if held is None:
            out_of_reach("candidature", pk)
        places = mots.places([held.vacance], aujourdhui())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        start = timezone.make_aware(dt.datetime.combine(said["jour"], said["heure"]))
        try:
            operations.proposer_visite(
                acteur=actor_of(request),
                candidature=pk,
                debut=start,
                duree_minutes=said["duree_minutes"],
                rendez_vous=said["rendez_vous"],
                maintenant=maintenant(),
            )
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La visite est proposée."))
            return redirect("attributions:vacance", held.vacance_id)
    context = {
        "form": form,
        "candidature": held,
        "nom": mots.home(held.vacance, places),
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(mots.home(held.vacance, places), reverse("attributions:vacance", args=[held.vacance_id])),
            Lien(_("Visite"), ""),
        ],
    }
    return render(request, "attributions/bureau/visite.html", context, status=422 if form.is_bound else 200)


@require_POST
@droit("visite", "U")
def repondre(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Write the answer of a candidate, or cancel."""
    with opened(request):
        if not Visite.objects.filter(pk=pk, candidature__bailleur_id=mine(request)).exists():
            out_of_reach("visite", pk)
    act = operations.accepter_visite if "accepter" in request.POST else operations.annuler_visite
    try:
        act(acteur=actor_of(request), visite=pk, maintenant=maintenant())
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("C'est noté."))
    return redirect("attributions:visites")
