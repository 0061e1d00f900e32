"""What is done for one home: roll, proposal, hands, remote ballots, closing; each refusal keeps the page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palier.base.errors import InputError, Problem, RefusalError
from palier.engines.commission import Cloture
from palier.web.apps.attributions.models import Presence
from palier.web.apps.attributions.operations import deliberation, points
from palier.web.apps.attributions.operations.appel import Presente, faire_appel
from palier.web.apps.attributions.queries.commission.lot import Lot, session
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views.commission import ecran, saisie
from palier.web.apps.attributions.views.commission.communs import status_of
from palier.web.apps.attributions.views.commission.point import page
from palier.web.apps.attributions.views.commission.porte import (
    commission,
    hands_of,
    session_of,
    session_of_point,
)
from palier.web.apps.comptes.droits import refuser
from palier.web.horloge import maintenant


def _open(request: HttpRequest, pk: uuid.UUID, objet: str, action: str) -> tuple[Acteur, ecran.Ecran]:
    """Return who acts on a home, and its screen; 404 and a line of journal if it is not for her."""
    with session_of(request, session_of_point(request, pk)) as (seance, siege):
        lot: Lot = session(seance, None if siege is None else siege.membre, pk)
        seen = ecran.read(lot, next(e for e in lot.examens if e.point.pk == pk))
    actor = hands_of(request).actor(objet, action, seance)
    if actor is None:
        refuser(request, objet, pk)
    return actor, seen


def _refused(request: HttpRequest, pk: uuid.UUID, error: InputError, **kept: Any) -> HttpResponse:
    return page(request, pk, error.problems, status_of(error), **kept)


@require_POST
@commission("seance", "U")
def appel(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Call the roll of a home, or take that of the home before."""
    actor, seen = _open(request, point, "seance", "U")
    members = [m.pk for m, _v in seen.siegent]
    problems: list[Problem] = []
    if request.POST.get("geste") == "reprendre":
        there = _former(request, seen, members)
    else:
        there, problems = saisie.roll_typed(request.POST, members)
    try:
        if problems:
            raise RefusalError(problems)
        faire_appel(acteur=actor, point=point, presents=there, maintenant=maintenant())
    except InputError as error:
        return _refused(request, point, error)
    messages.success(request, _("Les présences de ce logement sont enregistrées."))
    return redirect("commission:point", point)


def _former(
    request: HttpRequest, seen: ecran.Ecran, members: Sequence[uuid.UUID]
) -> dict[uuid.UUID, Presente]:
    """Return who was there for the home before and sits for this one; an interest is of its home alone."""
    before = seen.lot.before(seen.examen)
    if before is None:
        return {}
    with session_of(request, seen.lot.seance.pk):
        rows = list(Presence.objects.filter(point=before.point))
    return {
        p.membre_id: Presente(tuple(m for m in p.pouvoirs if m in members))
        for p in rows
        if p.membre_id in members
    }


@require_POST
@commission("decision", "C")
def decider(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Keep a proposal; in a room the president counts the hands and closes in the same act."""
    actor, seen = _open(request, point, "decision", "C")
    letters, au = seen.letters(), seen.lot.seance.le
    files = [c for c, _d in seen.examen.candidats if c.etat != "retiree"]
    typed = {c.pk: saisie.typed(request.POST, c.pk, au) for c, _d in seen.examen.candidats}
    choices, problems = saisie.choices_of({c.pk: typed[c.pk] for c in files}, letters)
    gaps = saisie.gaps_of(typed, files)
    closing = request.POST.get("geste") == "clore"
    try:
        if problems:
            raise RefusalError(problems)
        if closing:
            voices = saisie.hands_typed(request.POST, seen.voters())
            made = deliberation.deliberer(
                acteur=actor, point=point, choix=choices, ecarts=gaps, voix=voices, maintenant=maintenant()
            )
            return _after(request, seen, made)
        points.proposer_decisions(acteur=actor, point=point, choix=choices, ecarts=gaps)
    except InputError as error:
        return _refused(request, point, error, saisies=typed, mains=request.POST)
    messages.success(request, _("La proposition est enregistrée. Elle n'est pas encore votée."))
    return redirect("commission:point", point)


def _after(request: HttpRequest, seen: ecran.Ecran, made: Cloture) -> HttpResponse:
    """Go to the next home, or stay where a vote adopted nothing."""
    here = seen.examen.point.pk
    if not made.examine:
        messages.warning(
            request, _("Quorum non atteint : ce logement n'est pas examiné, il revient à une autre séance.")
        )
    elif not made.decisions:
        messages.warning(request, _("La proposition n'est pas adoptée. Vous pouvez en voter une autre."))
        return redirect("commission:point", here)
    else:
        messages.success(request, _("Le logement est examiné : ses décisions sont prises."))
    following = seen.lot.after(seen.examen)
    if following is None:
        return redirect("commission:seance", seen.lot.seance.pk)
    return redirect("commission:point", following.point.pk)


@require_POST
@commission("point", "U")
def clore(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Close a home voted at a distance or in writing."""
    actor, seen = _open(request, point, "point", "U")
    try:
        made = points.clore_point(acteur=actor, point=point, maintenant=maintenant())
    except InputError as error:
        return _refused(request, point, error)
    return _after(request, seen, made)


@require_POST
@commission("point", "U")
def scrutin(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Open the ballot of a home until an instant."""
    actor, _seen = _open(request, point, "point", "U")
    now, until = maintenant(), _instant(request.POST.get("ferme", ""))
    try:
        if until is None or until <= now:
            raise RefusalError(
                Problem("ATR-127", "vote", "L'heure de fin du vote manque, ou elle est passée.",
                        "Donnez une heure à venir.")
            )  # fmt: skip
        points.ouvrir_scrutin(acteur=actor, point=point, ouvert=now, ferme=until)
    except InputError as error:
        return _refused(request, point, error)
    messages.success(request, _("Le vote est ouvert."))
    return redirect("commission:point", point)


def _instant(text: str) -> dt.datetime | None:
    try:
        read = dt.datetime.fromisoformat(text[:25])
    except ValueError:
        return None
    return timezone.make_aware(read) if timezone.is_naive(read) else read


@require_POST
@commission("vote", "C")
def voter(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Receive the ballot of the member who is logged in, and those that she holds by proxy."""
    actor, seen = _open(request, point, "vote", "C")
    assert actor.membre is not None  # a vote is of a seat
    mine = [
        actor.membre,
        *(m for p in seen.examen.presences if p.membre_id == actor.membre for m in p.pouvoirs),
    ]
    cast = {pk: request.POST.get(f"sens-{pk}", "") for pk in mine}
    cast = {pk: sens for pk, sens in cast.items() if sens}
    try:
        if not cast:
            raise RefusalError(
                Problem(
                    "ATR-128", "vote", "Aucun vote n'est choisi.", "Choisissez pour, contre ou abstention."
                )
            )
        _vote(actor, point, cast)
    except InputError as error:
        return _refused(request, point, error)
    messages.success(request, _("Votre vote est reçu."))
    return redirect("commission:point", point)


def _vote(actor: Acteur, point: uuid.UUID, cast: dict[uuid.UUID, str]) -> None:
    from django.db import transaction

    with transaction.atomic():
        for membre, sens in cast.items():
            points.voter(
                acteur=actor, point=point, membre=membre, sens=sens, maintenant=maintenant(),
                par=None if membre == actor.membre else actor.membre,
            )  # fmt: skip


@require_POST
@commission("point", "U")
def ecarter(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Say that a home is not examined, and why."""
    actor, seen = _open(request, point, "point", "U")
    try:
        points.non_examiner(
            acteur=actor, point=point, motif=request.POST.get("motif", ""), maintenant=maintenant()
        )
    except InputError as error:
        return _refused(request, point, error)
    messages.success(request, _("Le logement est dit non examiné. Il revient à une autre séance."))
    following = seen.lot.after(seen.examen)
    if following is None:
        return redirect("commission:seance", seen.lot.seance.pk)
    return redirect("commission:point", following.point.pk)
