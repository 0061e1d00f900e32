"""A decision that is wrong: put on another agenda, written anew, voted; it cites the old one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError, Problem, RefusalError
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Decision
from palier.web.apps.attributions.operations import corrections, deliberation
from palier.web.apps.attributions.queries.commission.lot import session
from palier.web.apps.attributions.views.commission import ecran, saisie
from palier.web.apps.attributions.views.commission.communs import (
    base_context,
    path_of,
    said,
    session_link,
    short,
)
from palier.web.apps.attributions.views.commission.communs import status_of as statut_of
from palier.web.apps.attributions.views.commission.porte import (
    commission,
    hands_of,
    session_of,
    session_of_point,
)
from palier.web.apps.attributions.views.commission.seance import actor_on
from palier.web.apps.attributions.views.commission.seance import page as session_page
from palier.web.apps.comptes.droits import refuser
from palier.web.horloge import maintenant


@require_POST
@commission("seance", "U")
def inscrire(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the correction of a decision on the agenda of a session that is not called yet."""
    actor, _seance, _siege = actor_on(request, pk, "seance", "U")
    try:
        made = corrections.inscrire_rectification(
            acteur=actor, seance=pk, decision=uuid.UUID(request.POST.get("decision", ""))
        )
    except ValueError:
        return session_page(request, pk, [_("Choisissez la décision à corriger.")], statut=422)
    except Decision.DoesNotExist:
        refuser(request, "decision", pk)
    except InputError as error:
        return session_page(request, pk, said(error.problems), statut=statut_of(error))
    messages.success(request, _("La rectification est à l'ordre du jour."))
    return redirect("commission:rectifier", made.pk)


@require_safe
@commission("seance", "R")
def rectifier(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Show a correction: what was decided, what is proposed instead, the vote."""
    return page(request, point)


def page(
    request: HttpRequest, pk: uuid.UUID, problemes: Iterable[Problem] = (), statut: int = 200,
    saisies: dict[uuid.UUID, saisie.Saisie] | None = None,
) -> HttpResponse:  # fmt: skip
    """Render a correction, with what was refused and typed."""
    with session_of(request, session_of_point(request, pk)) as (seance, siege):
        lot = session(seance, None if siege is None else siege.membre, pk)
        examen = next(e for e in lot.examens if e.point.pk == pk)
        seen = ecran.read(lot, examen)
        old = _old(examen.point.rectifie_id)
        new = Decision.objects.filter(point=examen.point).select_related("candidature").first()
    places = mots.places([examen.point.vacance], seance.le)
    hands, alive = hands_of(request), examen.point.etat == "a_examiner"
    sits = hands.siege(seance.bailleur_id)
    opened = alive and seance.etat == "ouverte"
    context = base_context(
        _("Décision rectificative"), path_of(session_link(seance)), ecran.told(seen, list(problemes))
    ) | {
        "seance": seance, "point": examen.point, "nom": mots.home(examen.point.vacance, places),
        "quorum": examen.quorum, "appel": ecran.roll(seen),
        "voix": [(c, _(t)) for c, t in phrases.SENS.items()],
        "anciennes": [_row(d, seance, saisies, new) for d in old], "nouvelle": new and _told(new, seance),
        "votants": [(p, next(m.nom for m, _v in seen.siegent if m.pk == p)) for p in seen.voters()],
        "peut_appeler": opened and hands.actor("seance", "U", seance) is not None,
        "peut_proposer": opened and hands.actor("decision", "C", seance) is not None,
        "peut_deliberer": opened and new is not None and sits is not None and sits.membre.president
        and seance.mode == "salle",
        "precedent": None,
    }  # fmt: skip
    return render(request, "attributions/commission/rectification.html", context, status=statut)


def _old(point: uuid.UUID | None) -> list[Decision]:
    rows = Decision.objects.filter(point_id=point).exclude(etat="proposee").select_related("candidature")
    return list(rows.order_by("rang", "candidature__numero_unique"))


def _told(decision: Decision, seance: Any) -> dict[str, Any]:
    letter, words = phrases.DECISIONS[decision.code]
    labels, papers = phrases.codes("caleol_motifs", seance.le), phrases.codes("pieces_condition", seance.le)
    return {
        "pk": decision.pk,
        "numero": short(decision.candidature.numero_unique),
        "mot": f"{letter}) {_(words)}" + (f" {decision.rang}" if decision.rang else ""),
        "motifs": [labels.get(code, code) for code in decision.motifs],
        "piece": papers.get(decision.condition_piece, ""),
        "limite": decision.condition_limite,
        "texte": decision.texte,
    }


def _row(
    decision: Decision, seance: Any, saisies: dict[uuid.UUID, saisie.Saisie] | None, new: Decision | None
) -> dict[str, Any]:
    au = seance.le
    source = new if new is not None and new.corrige_id == decision.pk else decision
    kept = (saisies or {}).get(decision.pk) or saisie.stored(source, [], "", 1)
    labels, rules = phrases.codes("caleol_motifs", au), phrases.details("caleol_motifs", au)
    return _told(decision, seance) | {
        "saisie": kept,
        "raison": kept.texte if source is new or saisies else "",
        "conditionnelle": decision.code == "attribution_condition",
        "refus": decision.code in ("non_attribution", "irrecevabilite"),
        "pieces": phrases.codes("pieces_condition", au).items(),
        "liste": [
            ecran.reason(code, words, rules[code], kept)
            for code, words in labels.items()
            if phrases.DECISIONS[decision.code][0] in rules[code]["decisions"].split()
        ],
    }


@require_POST
@commission("decision", "C")
def proposer(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Write what a decision should have said; in a room the president may count the hands at once."""
    seance_pk = session_of_point(request, point)
    actor, seance, _siege = actor_on(request, seance_pk, "decision", "C")
    try:
        chosen = uuid.UUID(request.POST.get("decision", ""))
    except ValueError:
        return page(
            request,
            point,
            [Problem("ATR-031", "point", "Aucune décision à corriger n'est choisie.", "Choisissez-la.")],
            422,
        )
    typed = saisie.typed(request.POST, chosen, seance.le)
    choices, problems = saisie.choices_of({chosen: _as_ballot(typed)}, {chosen: ""})
    try:
        if problems:
            raise RefusalError(problems)
        made = choices[0]
        corrections.proposer_rectification(
            acteur=actor, point=point, decision=chosen, texte=typed.texte, motifs=made.motifs or None,
            piece=made.piece or None, limite=made.limite,
        )  # fmt: skip
    except InputError as error:
        return page(request, point, error.problems, statut_of(error), {chosen: typed})
    messages.success(request, _("La rectification est proposée. Elle n'est pas encore votée."))
    return redirect("commission:rectifier", point)


def _as_ballot(typed: saisie.Saisie) -> saisie.Saisie:
    from dataclasses import replace

    conditional = bool(typed.piece or typed.limite)
    return replace(typed, code="attribution_condition" if conditional else "non_attribution")


@require_POST
@commission("point", "U")
def clore(request: HttpRequest, point: uuid.UUID) -> HttpResponse:
    """Count the hands on a correction, and close it."""
    seance_pk = session_of_point(request, point)
    actor, _seance, _siege = actor_on(request, seance_pk, "point", "U")
    with session_of(request, seance_pk) as (seance, _seat):
        lot = session(seance, None, point)
        voters = ecran.read(lot, next(e for e in lot.examens if e.point.pk == point)).voters()
    try:
        made = deliberation.deliberer_rectification(
            acteur=actor, point=point, voix=saisie.hands_typed(request.POST, voters), maintenant=maintenant()
        )
    except InputError as error:
        return page(request, point, error.problems, statut_of(error))
    if not made.decisions:
        messages.warning(request, _("La rectification n'est pas adoptée, ou le quorum manque."))
        return redirect("commission:rectifier", point)
    messages.success(request, _("La décision est corrigée ; l'ancienne reste citée."))
    return redirect("commission:seance", seance_pk)
