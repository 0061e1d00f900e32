"""The agenda of a session that is not called yet: homes to put on it, their order."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Recherche, Vacance
from palier.web.apps.attributions.operations import agenda as operations
from palier.web.apps.attributions.operations import seances
from palier.web.apps.attributions.queries.commission import agenda as lectures
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views.commission.communs import (
    base_context,
    path_of,
    said,
    session_link,
    status_of,
)
from palier.web.apps.attributions.views.commission.porte import commission, session_of, session_of_point
from palier.web.apps.attributions.views.commission.seance import actor_on, page
from palier.web.horloge import maintenant


@require_http_methods(["GET", "POST"])
@commission("seance", "U")
def inscrire(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put homes on the agenda: each one that passes goes on, each one that does not says why."""
    actor, seance, _siege = actor_on(request, pk, "seance", "U")
    refused: dict[uuid.UUID, list[str]] = {}
    status, done = 200, 0
    if request.method == "POST":
        chosen = _chosen(request)
        status = 422
        for number in chosen:
            try:
                _inscribe(actor, pk, number, seance.le.isoformat())
                done += 1
            except InputError as error:
                refused[number], status = said(error.problems), status_of(error)
        if chosen and not refused:
            messages.success(request, _("Les logements sont à l'ordre du jour."))
            return redirect("commission:seance", pk)
    with session_of(request, pk) as (seance, _seat):
        homes = lectures.waiting(seance.bailleur_id)
        places = mots.places(homes, seance.le)
        counts = _counts(homes)
    problems = [] if status == 200 or refused else [_("Choisissez au moins un logement.")]
    context = base_context(_("Inscrire des logements"), path_of(session_link(seance)), problems) | {
        "seance": seance,
        "inscrits": done,
        "lignes": [
            {"pk": v.pk, "nom": mots.home(v, places), "etat": mots.state("vacance", v.etat),
             "reference": v.logement.identifiant, "dossiers": counts.get(v.pk, 0),
             "refus": refused.get(v.pk, []), "choisi": v.pk in refused}
            for v in homes
        ],
    }  # fmt: skip
    return render(request, "attributions/commission/inscrire.html", context, status=status)


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    found = []
    for text in request.POST.getlist("vacance")[:200]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _inscribe(actor: Acteur, seance: uuid.UUID, vacance: uuid.UUID, le: str) -> None:
    """Put a home on the agenda, with the search that was recorded for that day if there is one."""
    from palier.web.postgres.perimetre import perimetre

    with perimetre(organismes=actor.organismes):
        kept = Recherche.objects.filter(vacance_id=vacance, au=le).order_by("-faite_le").first()
    try:
        seances.inscrire(
            acteur=actor, seance=seance, vacance=vacance, maintenant=maintenant(),
            recherche=None if kept is None else kept.pk,
        )  # fmt: skip
    except Vacance.DoesNotExist as error:
        from palier.base.errors import Problem, RefusalError

        raise RefusalError(
            Problem("ATR-124", "logement", "Ce logement n'est pas à inscrire.", "Rechargez la page.")
        ) from error


def _counts(homes: list[Vacance]) -> dict[uuid.UUID, int]:
    from django.db.models import Count

    from palier.web.apps.attributions.models import Candidature

    rows = Candidature.objects.filter(vacance__in=homes, etat__in=("eligible", "inscrite", "examinee"))
    return dict(rows.values("vacance_id").annotate(n=Count("pk")).values_list("vacance_id", "n"))


@require_POST
@commission("seance", "U")
def ordonner(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Give a home another place."""
    pk = session_of_point(request, point)
    actor, _seance, _siege = actor_on(request, pk, "seance", "U")
    text = request.POST.get("place", "")
    try:
        operations.ordonner(
            acteur=actor, point=point, place=int(text) if text.isdecimal() and len(text) < 4 else 0
        )
    except InputError as error:
        return page(request, pk, said(error.problems), statut=status_of(error))
    return redirect("commission:seance", pk)
