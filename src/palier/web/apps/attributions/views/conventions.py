"""Conventions of reservation: written once, ended, never edited."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.attributions.models import Convention
from palier.web.apps.attributions.operations import conventions as operations
from palier.web.apps.attributions.queries import conventions as lectures
from palier.web.apps.attributions.views.formulaires import ConventionForm, FinForm
from palier.web.apps.attributions.views.outils import actor_of, mine, opened
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.views.outils import fonction_of, hold, say
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui


@require_safe
@droit("convention", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the conventions of my landlord."""
    with opened(request):
        rows = lectures.of_landlord(mine(request, "convention"))
    role = fonction_of(request).role
    context = {
        "lignes": rows,
        "peut": scope(role, "convention", "C") is not None,
        "fin": FinForm(initial={"au": aujourdhui()}),
    }
    return render(request, "attributions/bureau/conventions.html", context)


@require_http_methods(["GET", "POST"])
@droit("convention", "C")
def conclure(request: HttpRequest) -> HttpResponse:
    """Write a convention."""
    form = ConventionForm(request.POST or None, initial={"du": aujourdhui()})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        partner = uuid.UUID(said.pop("reservataire"))
        try:
            operations.conclure(acteur=actor_of(request), reservataire=partner, **said)
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La convention est enregistrée."))
            return redirect("attributions:conventions")
    context = {
        "form": form,
        "chemin": [Lien(_("Conventions"), reverse("attributions:conventions")), Lien(_("Nouvelle"), "")],
    }
    return render(
        request, "attributions/bureau/convention.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@droit("convention", "U")
def finir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say on which day a convention ends."""
    if not Convention.objects.filter(pk=pk, bailleur_id=mine(request, "convention")).exists():
        refuser(request, "convention", pk)
    form = FinForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Donnez le dernier jour de la convention."))
        return redirect("attributions:conventions")
    try:
        operations.finir(acteur=actor_of(request), convention=pk, au=form.cleaned_data["au"])
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("La fin de la convention est dite."))
    return redirect("attributions:conventions")
