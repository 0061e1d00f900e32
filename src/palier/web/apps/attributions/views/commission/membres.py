"""Who sits in the commission: seats, qualities, dates, accounts."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions.models import Membre
from palier.web.apps.attributions.operations import membres as operations
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views.commission.communs import base_context, path_of, said, status_of
from palier.web.apps.attributions.views.commission.formulaires import CompteForm, FinForm, MembreForm
from palier.web.apps.attributions.views.commission.porte import commission, hands_of
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.organismes.views.outils import hold
from palier.web.apps.territoires.queries import communes_at
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui


@require_safe
@commission("seance", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the seats of my commission: those of today, then those that are over."""
    return _page(request)


def _page(request: HttpRequest, problemes: list[str] | None = None, statut: int = 200) -> HttpResponse:
    hands, today = hands_of(request), aujourdhui()
    mine = hands.landlords() or tuple(siege.bailleur for siege in hands.sieges)
    rows = Membre.objects.filter(bailleur_id__in=mine).select_related("bailleur", "utilisateur")
    seats = list(rows.order_by("bailleur__nom", "-president", "qualite", "nom", "pk")[:300])
    names = communes_at({m.lieu for m in seats if len(m.lieu) == 5}, today)
    words = phrases.codes("caleol_membres", today)
    may = hands.by_function("seance", "C") is not None
    lines = [
        {
            "pk": m.pk,
            "nom": m.nom,
            "qualite": words.get(m.qualite, m.qualite),
            "lieu": names[m.lieu].nom if m.lieu in names else m.lieu,
            "president": m.president,
            "du": m.du,
            "au": m.au,
            "compte": m.utilisateur.courriel if m.utilisateur and may else "",
            "a_compte": m.utilisateur_id is not None,
            "adresse": bool(m.adresse_cle),
            "bailleur": m.bailleur.nom,
            "vivant": m.au is None or m.au >= today,
        }
        for m in seats
    ]
    context = base_context(_("Membres de la commission"), path_of(), problemes or []) | {
        "lignes": [row for row in lines if row["vivant"]],
        "finis": [row for row in lines if not row["vivant"]],
        "plusieurs": len(mine) > 1,
        "peut_nommer": may,
        "aujourdhui": today,
    }
    return render(request, "attributions/commission/membres.html", context, status=statut)


@require_http_methods(["GET", "POST"])
@commission("seance", "C")
def nommer(request: HttpRequest) -> HttpResponse:
    """Give a seat."""
    today = aujourdhui()
    form = MembreForm(request.POST or None, au=today, initial={"du": today})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = form.cleaned_data
        seat = Membre(
            nom=data["nom"], qualite=data["qualite"], lieu=data["lieu"].strip(), president=data["president"],
            du=data["du"], au=data["au"],
        )  # fmt: skip
        try:
            operations.nommer(
                acteur=_actor(request),
                membre=seat,
                courriel=data["courriel"],
                adresse=data["adresse"],
                au=today,
            )
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La personne siège dans la commission."))
            return redirect("commission:membres")
    context = base_context(_("Nommer un membre"), _path()) | {"form": form}
    return render(
        request, "attributions/commission/nommer.html", context, status=422 if form.is_bound else 200
    )


def _path() -> list[Lien]:
    from django.urls import reverse

    return path_of(Lien(_("Membres de la commission"), reverse("commission:membres")))


def _actor(request: HttpRequest) -> Acteur:
    found = hands_of(request).by_function("seance", "C")
    assert found is not None  # no seat gives that right
    return found


def _mine(request: HttpRequest, pk: uuid.UUID) -> Acteur:
    actor = _actor(request)
    if not Membre.objects.filter(pk=pk, bailleur_id__in=actor.organismes).exists():
        refuser(request, "seance", pk)
    return actor


@require_POST
@commission("seance", "C")
def finir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """End a seat on a day."""
    actor, form = _mine(request, pk), FinForm(request.POST)
    if not form.is_valid():
        return _page(request, [_("Donnez le dernier jour du siège.")], 422)
    try:
        operations.finir_membre(acteur=actor, membre=pk, au=form.cleaned_data["au"])
    except InputError as error:
        return _page(request, said(error.problems), status_of(error))
    messages.success(request, _("Le siège a son dernier jour."))
    return redirect("commission:membres")


@require_POST
@commission("seance", "C")
def compte(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a seat the account that opens its sessions."""
    actor, form = _mine(request, pk), CompteForm(request.POST)
    if not form.is_valid():
        return _page(request, [_("Écrivez l'adresse électronique de la personne.")], 422)
    try:
        operations.lier_compte(acteur=actor, membre=pk, courriel=form.cleaned_data["courriel"])
    except InputError as error:
        return _page(request, said(error.problems), status_of(error))
    messages.success(request, _("Le siège a son compte ; la personne reçoit une invitation au besoin."))
    return redirect("commission:membres")
