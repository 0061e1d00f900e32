"""Minutes: what they hold, the chain of hashes, signature, transmission, document."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.formats.documents import markdown_to_pdf
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation_minutes as lectures
from palier.web.apps.attributions.models import Seance
from palier.web.apps.attributions.operations import pv as operations
from palier.web.apps.attributions.queries.commission import agenda as calendrier
from palier.web.apps.attributions.views.commission import texte_pv
from palier.web.apps.attributions.views.commission.communs import (
    base_context,
    path_of,
    said,
    session_link,
    short,
    state_of,
    status_of,
)
from palier.web.apps.attributions.views.commission.formulaires import EnvoiForm
from palier.web.apps.attributions.views.commission.porte import commission, hands_of
from palier.web.apps.attributions.views.commission.seance import actor_on
from palier.web.apps.comptes.droits import refuser
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre

CLOSES = ("close", "pv_signe", "transmise")


@contextmanager
def _minutes(request: HttpRequest, pk: uuid.UUID) -> Iterator[Seance]:
    """Open a closed session of a commission to which a person belongs; 404 and a line of journal else.

    A seat reads minutes for ever: files close the day after them, minutes do not.
    """
    hands = hands_of(request)
    mine = {*hands.landlords(), *(siege.bailleur for siege in hands.sieges)}
    with perimetre(organismes=mine):
        rows = Seance.objects.select_related("bailleur", "reglement")
        found = rows.filter(pk=pk, bailleur_id__in=mine, etat__in=CLOSES).first()
        if found is not None:
            yield found
            return
    refuser(request, "pv", pk)


@require_safe
@commission("pv", "R")
def pv(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the minutes of a session, or what waits for its signature."""
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: uuid.UUID, problemes: Iterable[str] = (), form: EnvoiForm | None = None,
    statut: int = 200,
) -> HttpResponse:  # fmt: skip
    hands = hands_of(request)
    with _minutes(request, pk) as seance:
        made = lectures.minutes(seance)
        decisions = lectures.to_correct(seance)
        drafts = calendrier.to_correct(seance.bailleur_id)
    corrects = hands.by_function("seance", "U")
    mine = corrects is not None and seance.bailleur_id in corrects.organismes
    sits = hands.siege(seance.bailleur_id)
    context = base_context(_("Procès-verbal"), path_of(session_link(seance)), problemes) | {
        "seance": seance,
        "etat": state_of(seance),
        "pv": made,
        "points": [_told(point, seance) for point in made.points] if made else [],
        "signable": seance.etat == "close" and sits is not None and sits.membre.president,
        "transmissible": seance.etat == "pv_signe" and mine,
        "form": form or EnvoiForm(initial={"envoi_le": aujourdhui()}),
        "corrigeables": [_row(d, done) for d, done in decisions] if mine and made else [],
        "projets": drafts if mine else [],
    }
    return render(request, "attributions/commission/pv.html", context, status=statut)


def _row(decision: Any, corrigee: bool) -> dict[str, Any]:
    letter, words = phrases.DECISIONS[decision.code]
    rank = f" {decision.rang}" if decision.rang else ""
    return {
        "pk": decision.pk,
        "place": decision.point.place,
        "numero": short(decision.candidature.numero_unique),
        "mot": f"{letter}) {_(words)}{rank}",
        "corrigee": corrigee,
    }


def _told(point: lectures.Point, seance: Seance) -> dict[str, Any]:
    item = point.contenu
    reasons = phrases.codes("caleol_motifs", seance.le)
    why = _(phrases.NON_EXAMENS[item["non_examen"]]) if item["non_examen"] else ""
    return {
        "place": point.place,
        "nom": point.nom,
        "clos": item["etat"] == "clos",
        "pourquoi": why,
        "quorum": point.quorum,
        "votes": item["votes"],
        "exception": _(texte_pv.EXCEPTIONS[item["exception"]]) if item["exception"] else "",
        "presents": len([p for p in point.presents if not p[3]]),
        "sortis": len([p for p in point.presents if p[3]]),
        "decisions": [
            {
                "numero": short(d["numero"]),
                "mot": f"{phrases.DECISIONS[d['code']][0]}) {_(phrases.DECISIONS[d['code']][1])}"
                + (f" {d['rang']}" if d["rang"] else ""),
                "motifs": ", ".join(reasons.get(code, code) for code in d["motifs"]),
            }
            for d in item["decisions"]
        ],
    }


@require_safe
@commission("pv", "R")
def document(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the minutes as a tagged PDF."""
    with _minutes(request, pk) as seance:
        made = lectures.minutes(seance)
    if made is None:
        refuser(request, "pv", pk)
    answer = HttpResponse(
        markdown_to_pdf(texte_pv.markdown(made), texte_pv.title_of(made)), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'attachment; filename="proces-verbal-{made.pv.numero}.pdf"'
    return answer


@require_POST
@commission("pv", "C")
def signer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Sign the minutes of a closed session: its president does."""
    actor, _seance, _siege = actor_on(request, pk, "pv", "C")
    try:
        operations.signer_pv(acteur=actor, seance=pk, au=aujourdhui(), maintenant=maintenant())
    except InputError as error:
        return _page(request, pk, said(error.problems), statut=status_of(error))
    messages.success(request, _("Le procès-verbal est signé. Les dossiers se referment demain."))
    return redirect("commission:pv", pk)


@require_POST
@commission("pv", "U")
def transmettre(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Say when the minutes were sent to the prefect."""
    actor, _seance, _siege = actor_on(request, pk, "pv", "U")
    form = EnvoiForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form=form, statut=422)
    try:
        operations.transmettre(acteur=actor, seance=pk, envoi_le=form.cleaned_data["envoi_le"])
    except InputError as error:
        return _page(request, pk, said(error.problems), form, status_of(error))
    messages.success(request, _("L'envoi au préfet est daté."))
    return redirect("commission:pv", pk)
