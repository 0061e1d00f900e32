"""Absences: whose files a colleague follows, and for which days."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.attributions.models import Absence
from palier.web.apps.attributions.operations import absences as operations
from palier.web.apps.attributions.queries import absences as lectures
from palier.web.apps.attributions.views.formulaires import AbsenceForm
from palier.web.apps.attributions.views.outils import actor_of, mine, opened, out_of_reach
from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.views.outils import hold
from palier.web.horloge import aujourdhui


@require_http_methods(["GET", "POST"])
@droit("absence", "C")
def absences(request: HttpRequest) -> HttpResponse:
    """List the relays that run or will, and give one."""
    today, actor = aujourdhui(), actor_of(request)
    with opened(request):
        people = lectures.colleagues(mine(request, "absence"), today)
        rows = lectures.running(mine(request, "absence"), today)
    away = people if actor.role == "admin_bailleur" else [u for u in people if u.pk == request.user.pk]
    form = AbsenceForm(request.POST or None, absents=away, relais=people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.confier(
                acteur=actor,
                absent=uuid.UUID(said["absent"]),
                relais=uuid.UUID(said["relais"]),
                du=said["du"],
                au=said["au"],
                aujourdhui=today,
            )
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La liste est confiée pour ces jours."))
            return redirect("attributions:absences")
    context = {"form": form, "lignes": rows}
    return render(request, "attributions/bureau/absences.html", context, status=422 if form.is_bound else 200)


@require_POST
@droit("absence", "U")
def finir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """End a relay before its last day."""
    with opened(request):
        if not Absence.objects.filter(pk=pk, organisme_id=mine(request, "absence")).exists():
            out_of_reach("absence", pk)
    operations.revenir(acteur=actor_of(request), absence=pk, aujourdhui=aujourdhui())
    messages.success(request, _("Le relais est fini."))
    return redirect("attributions:absences")
