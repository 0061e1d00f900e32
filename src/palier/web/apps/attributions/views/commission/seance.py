"""One session: its homes, who is called, and what may be done now."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.engines.commission import load_machine
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Seance
from palier.web.apps.attributions.operations import agenda as operations
from palier.web.apps.attributions.operations import seances
from palier.web.apps.attributions.operations.acces import AGENTS
from palier.web.apps.attributions.queries.acteurs import Siege
from palier.web.apps.attributions.queries.commission import alertes
from palier.web.apps.attributions.queries.commission.lot import Examen, Lot, session
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views.commission.communs import (
    base_context,
    mode_of,
    path_of,
    said,
    short,
    state_of,
    status_of,
    title_of,
)
from palier.web.apps.attributions.views.commission.formulaires import AnnulationForm
from palier.web.apps.attributions.views.commission.porte import commission, hands_of, session_of
from palier.web.components.pieces import Etat
from palier.web.horloge import aujourdhui, maintenant

_ACTES: dict[str, Callable[[Acteur, uuid.UUID, dt.date, dt.datetime], object]] = {
    "convoquer": lambda a, s, au, _now: seances.convoquer(acteur=a, seance=s, au=au),
    "ouvrir": lambda a, s, au, now: seances.ouvrir(acteur=a, seance=s, au=au, maintenant=now),
    "suspendre": lambda a, s, au, now: seances.suspendre(acteur=a, seance=s, au=au, maintenant=now),
    "clore": lambda a, s, _au, now: seances.clore(acteur=a, seance=s, maintenant=now),
}
_FAITS = {
    "convoquer": noop("La commission est convoquée. Ses membres peuvent lire les dossiers."),
    "ouvrir": noop("La séance est ouverte."),
    "suspendre": noop("La séance est suspendue."),
    "clore": noop("La séance est close : ses décisions ne changent plus."),
    "annuler": noop("La séance est annulée. Ses logements attendent une autre séance."),
    "reunion": noop("Votre demande de réunion est inscrite. La séance écrite ne peut plus rien décider."),
}
#: The act that leads to a state, and its words.
_VERS = {
    "convoquee": ("convoquer", noop("Convoquer la commission")),
    "ouverte": ("ouvrir", noop("Ouvrir la séance")),
    "suspendue": ("suspendre", noop("Suspendre")),
    "close": ("clore", noop("Clore la séance")),
}


@require_safe
@commission("seance", "R")
def une(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a session: its homes with where each stands, its members, the next act."""
    return page(request, pk)


def page(
    request: HttpRequest, pk: uuid.UUID, problemes: Iterable[str] = (), form: AnnulationForm | None = None,
    statut: int = 200,
) -> HttpResponse:  # fmt: skip
    """Render the page of a session, with what an act has just refused."""
    with session_of(request, pk) as (seance, siege):
        lot = session(seance, None if siege is None else siege.membre)
        warned = alertes.session_warnings(lot, aujourdhui())
        homes = [e.point.vacance for e in lot.examens]
    actor = hands_of(request).actor("seance", "U", seance)
    places = mots.places(homes, seance.le)
    context = base_context(title_of(seance), path_of(), problemes) | {
        "organisme_courant": seance.bailleur.nom,
        "seance": seance,
        "etat": state_of(seance),
        "mode": mode_of(seance),
        "lignes": [_line(lot, e, places) for e in lot.examens],
        "membres": _members(lot, seance),
        "alertes": said(warned),
        "actes": _acts(seance, actor),
        "prepare": seance.etat == "projet" and actor is not None and actor.role in AGENTS,
        "annulable": actor is not None and seance.etat in ("projet", "convoquee"),
        "a_reunir": seance.etat == "convoquee" and actor is not None and actor.role in AGENTS,
        "reunion": siege is not None and alertes.reunion_possible(seance, lot.reglement),
        "form": form or AnnulationForm(),
        "pv": seance.etat in ("close", "pv_signe", "transmise"),
        "regles": phrases.rules_of(lot.reglement, "fr") if lot.reglement else [],
        "prochain": _next(lot),
    }
    return render(request, "attributions/commission/seance.html", context, status=statut)


def _next(lot: Lot) -> str:
    """Return the first home that waits, once the session is open."""
    if lot.seance.etat != "ouverte":
        return ""
    waits = next((e for e in lot.examens if e.point.etat == "a_examiner"), None)
    return "" if waits is None else _url(waits)


def _acts(seance: Seance, actor: Acteur | None) -> list[dict[str, str]]:
    """Return the acts that the machine lets a person try from here."""
    if actor is None:
        return []
    role = "agent_bailleur" if actor.role in AGENTS else actor.role
    arrows = [a for a in load_machine("seance").depuis(seance.etat) if role in a.roles and a.vers in _VERS]
    return [{"code": _VERS[a.vers][0], "mot": _(_VERS[a.vers][1])} for a in arrows]


def _line(lot: Lot, examen: Examen, places: dict[str, str]) -> dict[str, Any]:
    point = examen.point
    return {
        "place": point.place,
        "pk": point.pk,
        "nom": mots.home(point.vacance, places),
        "rectification": point.nature == "rectification",
        "url": _url(examen),
        "etat": _item_state(examen),
        "quorum": examen.quorum,
        "candidats": [
            {"lettre": "ABCDEFGHIJ"[k] if k < 10 else str(k + 1), "numero": short(c.numero_unique),
             "decision": _decision(d)}
            for k, (c, d) in enumerate(examen.candidats)
        ],
        "premier": point.place == 1,
        "dernier": point.place == len(lot.examens),
    }  # fmt: skip


def _url(examen: Examen) -> str:
    if examen.point.nature == "rectification":
        return reverse("commission:rectifier", args=[examen.point.pk])
    return reverse("commission:point", args=[examen.point.pk]) if examen.candidats else ""


def _decision(decision: Any) -> str:
    if decision is None or decision.etat == "proposee":
        return ""
    letter, words = phrases.DECISIONS[decision.code]
    rank = f" {decision.rang}" if decision.rang else ""
    return f"{letter}) {_(words)}{rank}"


def _item_state(examen: Examen) -> Etat:
    point = examen.point
    if point.etat == "clos":
        return Etat("fait", _("Examiné"))
    if point.etat == "non_examine":
        return Etat("non_examine", _("Non examiné"), f", {_(phrases.NON_EXAMENS[point.motif_non_examen])}")
    if examen.quorum is not None and examen.presences and not examen.quorum.atteint:
        return Etat("attention", _("Quorum non atteint"))
    return Etat("en_attente", _("À examiner"))


def _members(lot: Lot, seance: Seance) -> list[dict[str, Any]]:
    words = phrases.codes("caleol_membres", seance.le)
    return [
        {"nom": m.nom, "qualite": words.get(m.qualite, m.qualite), "president": m.president,
         "compte": m.utilisateur_id is not None}
        for m in lot.membres
    ]  # fmt: skip


@require_POST
@commission("seance", "U")
def acte(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take an arrow of a session: call, open, suspend, close, cancel."""
    asked = request.POST.get("acte", "")
    actor = _actor(request, pk, "seance", "U")
    form = AnnulationForm(request.POST) if asked == "annuler" else None
    if form is not None and not form.is_valid():
        return page(request, pk, form=form, statut=422)
    try:
        if asked == "reunir":
            seances.annuler(acteur=actor, seance=pk, motif=_("Un membre a demandé une réunion."))
            messages.success(request, _("La séance écrite est annulée. Choisissez le jour de la réunion."))
            return redirect("commission:creer")
        if form is not None:
            seances.annuler(acteur=actor, seance=pk, motif=form.cleaned_data["motif"])
        elif asked in _ACTES:
            _ACTES[asked](actor, pk, aujourdhui(), maintenant())
        else:
            return page(
                request, pk, [_("Cet acte n'existe pas. Choisissez un des boutons de la page.")], statut=422
            )
    except InputError as error:
        return page(request, pk, said(error.problems), statut=status_of(error))
    messages.success(request, _(_FAITS[asked]))
    return redirect("commission:seance", pk)


@require_POST
@commission("vote", "C")
def reunion(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask that a written session meet."""
    actor = _actor(request, pk, "vote", "C")
    try:
        operations.demander_reunion(acteur=actor, seance=pk, maintenant=maintenant())
    except InputError as error:
        return page(request, pk, said(error.problems), statut=status_of(error))
    messages.success(request, _(_FAITS["reunion"]))
    return redirect("commission:seance", pk)


def _actor(request: HttpRequest, pk: uuid.UUID, objet: str, action: str) -> Acteur:
    """Return who acts on a session that she reads; 404 and a line of journal otherwise."""
    return actor_on(request, pk, objet, action)[0]


def actor_on(
    request: HttpRequest, pk: uuid.UUID, objet: str, action: str
) -> tuple[Acteur, Seance, Siege | None]:
    """Return who acts on a session, the session, and the seat by which she reads it."""
    from palier.web.apps.comptes.droits import refuser

    with session_of(request, pk) as (seance, siege):
        actor = hands_of(request).actor(objet, action, seance)
    if actor is None:
        refuser(request, objet, pk)
    return actor, seance, siege
