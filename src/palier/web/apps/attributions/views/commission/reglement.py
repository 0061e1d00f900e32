"""The règlement intérieur: its vintages, in sentences; a new one is read whole before it is kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import InputError
from palier.engines.commission import parse_reglement, read_exemple
from palier.web.apps.attributions import phrases
from palier.web.apps.attributions.models import Reglement
from palier.web.apps.attributions.operations import seances
from palier.web.apps.attributions.views.commission.communs import base_context, path_of, said
from palier.web.apps.attributions.views.commission.formulaires import ReglementForm
from palier.web.apps.attributions.views.commission.porte import commission, hands_of
from palier.web.horloge import aujourdhui

ORIGINE = "règlement"


@require_safe
@commission("seance", "R")
def reglement(request: HttpRequest) -> HttpResponse:
    """Show the vintages of the règlements that I work under, the latest first."""
    hands = hands_of(request)
    mine = hands.landlords() or tuple(siege.bailleur for siege in hands.sieges)
    rows = Reglement.objects.filter(bailleur_id__in=mine).select_related("bailleur").order_by("-du", "pk")
    context = base_context(_("Règlement intérieur"), path_of()) | {
        "versions": [_told(row) for row in rows[:100]],
        "plusieurs": len(mine) > 1,
        "peut_deposer": hands.by_function("reglement", "C") is not None,
        "aujourdhui": aujourdhui(),
    }
    return render(request, "attributions/commission/reglement.html", context)


def _told(row: Reglement) -> dict[str, Any]:
    read = parse_reglement(row.texte, ORIGINE)
    today = aujourdhui()
    return {
        "bailleur": row.bailleur.nom,
        "du": row.du,
        "au": row.au,
        "vigueur": row.du <= today and (row.au is None or row.au >= today),
        "deliberation": read.texte,
        "adopte_le": read.adopte_le,
        "regles": phrases.rules_of(read, translation.get_language() or "fr"),
        "texte": row.texte,
        "empreinte": row.sha256,
        "pk": row.pk,
    }


@require_http_methods(["GET", "POST"])
@commission("reglement", "C")
def deposer(request: HttpRequest) -> HttpResponse:
    """Check a new vintage and say it in sentences; publish it once it was read."""
    form = ReglementForm(request.POST or None, request.FILES or None, initial={"texte": _draft(request)})
    problems: list[str] = []
    essai: dict[str, Any] | None = None
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["texte"]
        try:
            if request.POST.get("geste") == "publier":
                acteur = hands_of(request).by_function("reglement", "C")
                assert acteur is not None  # no seat gives that right
                seances.adopter_reglement(acteur=acteur, texte=text, origine=ORIGINE)
                messages.success(request, _("Le règlement est publié. Celui d'avant finit la veille."))
                return redirect("commission:reglement")
            read = parse_reglement(text, ORIGINE)
            essai, status = (
                {"lu": read, "regles": phrases.rules_of(read, translation.get_language() or "fr")},
                200,
            )
        except InputError as error:
            problems = [
                f"{p.ou} : {sentence}"
                for p, sentence in zip(error.problems, said(error.problems), strict=True)
            ]
        form = ReglementForm(initial={"texte": text})
    context = base_context(_("Nouveau règlement"), path_of(), problems) | {"form": form, "essai": essai}
    return render(request, "attributions/commission/deposer.html", context, status=status)


def _draft(request: HttpRequest) -> str:
    """Return where a new vintage starts from: the last one, else the example with the right SIREN."""
    fonction = hands_of(request).fonction
    assert fonction is not None  # the right comes from it
    last = _last(fonction.organisme_id)
    return read_exemple().replace("732829320", fonction.siren) if last is None else last.texte


def _last(bailleur: uuid.UUID | None) -> Reglement | None:
    return Reglement.objects.filter(bailleur_id=bailleur).order_by("-du").first()
