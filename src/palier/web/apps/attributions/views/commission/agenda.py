"""The calendar of the commission, and a session to prepare."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre
from palier.web.apps.attributions.models import Seance
from palier.web.apps.attributions.operations import seances
from palier.web.apps.attributions.queries.commission import agenda as lectures
from palier.web.apps.attributions.views.commission.communs import base_context, mode_of, path_of, state_of
from palier.web.apps.attributions.views.commission.formulaires import SeanceForm
from palier.web.apps.attributions.views.commission.porte import commission, hands_of
from palier.web.apps.organismes.views.outils import hold, key_of, next_page
from palier.web.components.pieces import Pages
from palier.web.horloge import aujourdhui


@require_safe
@commission("seance", "R")
def agenda(request: HttpRequest) -> HttpResponse:
    """List the sessions of my commission, or of those in which I sit, the latest first."""
    hands, after = hands_of(request), key_of(request)
    mine = hands.landlords() or tuple(siege.bailleur for siege in hands.sieges)
    rows, more = next_page(lectures.sessions_of(mine, after, lectures.PAR_PAGE + 1))
    today = aujourdhui()
    opened = {pk for siege in hands.sieges for pk in siege.acteur.seances}
    lines = [_line(s, bool(hands.landlords()) or s.pk in opened) for s in rows]
    counted = ngettext("%(n)s séance", "%(n)s séances", len(rows)) % {"n": nombre(len(rows))}
    context = {
        "lignes_a_venir": [row for row in lines[::-1] if row["le"] >= today],
        "lignes_tenues": [row for row in lines if row["le"] < today],
        "plusieurs": len(mine) > 1,
        "peut_creer": hands.by_function("seance", "C") is not None,
        "reglement": reverse("commission:reglement"),
        "compte": counted,
        "pages": Pages(counted, request.path if after else "", f"?apres={rows[-1].pk}" if more else ""),
        "derniere": lectures.last_held(mine[0], today) if len(mine) == 1 else None,
    }
    return render(request, "attributions/commission/agenda.html", context)


def _line(seance: Seance, ouverte: bool) -> dict[str, Any]:
    signed = seance.etat in ("pv_signe", "transmise")
    url = reverse("commission:seance", args=[seance.pk]) if ouverte else ""
    if not url and signed:
        url = reverse("commission:pv", args=[seance.pk])
    counts: Any = seance
    return {
        "le": seance.le,
        "numero": seance.numero,
        "bailleur": seance.bailleur.nom,
        "mode": mode_of(seance),
        "lieu": seance.lieu,
        "etat": state_of(seance),
        "logements": counts.homes,
        "examines": counts.examined,
        "url": url,
    }


@require_http_methods(["GET", "POST"])
@commission("seance", "C")
def creer(request: HttpRequest) -> HttpResponse:
    """Prepare a session of my commission."""
    form = SeanceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acteur = hands_of(request).by_function("seance", "C")
        assert acteur is not None  # a seat gives no such right
        try:
            made = seances.creer_seance(
                acteur=acteur, bailleur=_landlord(request), le=form.cleaned_data["le"],
                mode=form.cleaned_data["mode"], lieu=form.cleaned_data["lieu"],
            )  # fmt: skip
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La séance est en projet. Inscrivez des logements, puis convoquez."))
            return redirect("commission:seance", made.pk)
    context = base_context(_("Préparer une séance"), path_of()) | {"form": form}
    return render(
        request, "attributions/commission/creer.html", context, status=422 if form.is_bound else 200
    )


def _landlord(request: HttpRequest) -> uuid.UUID:
    found = hands_of(request).fonction
    assert found is not None
    assert found.organisme_id is not None
    return found.organisme_id
