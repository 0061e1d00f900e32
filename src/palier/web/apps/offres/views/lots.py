"""Lots: send a file, read the whole report, then write, or leave."""

from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.offres import tasks
from palier.web.apps.offres.models import EtatLot, Lot
from palier.web.apps.offres.operations import lots
from palier.web.apps.offres.queries import lots as lectures
from palier.web.apps.offres.queries.contexte import contexte_du, parametres
from palier.web.apps.offres.views.offres import landlord_of
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.views.outils import fonction_of, hold, perimeter, say
from palier.web.horloge import aujourdhui, maintenant

_AT_ONCE = 2 * 1024 * 1024  # a larger file is read by the worker


class LotForm(forms.Form):
    """A file, and how it is to be taken."""

    fichier = forms.FileField(
        label=lazy("Fichier d'offres"),
        help_text=lazy("CSV, XLSX, parquet ou JSON, 100 Mo au plus."),
        widget=forms.FileInput(attrs={"accept": ",".join(lots.SUFFIXES)}),
        error_messages={
            "required": lazy("Choisissez un fichier."),
            "empty": lazy("Le fichier est vide. Vérifiez l'export."),
        },
    )
    complet = forms.BooleanField(
        label=lazy("Ce fichier contient toutes mes offres : retirer celles qui n'y sont plus"), required=False
    )
    bonnes_lignes = forms.BooleanField(
        label=lazy("Prendre les bonnes lignes même si d'autres sont à corriger"), required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@droit("lot", "C")
def envoyer(request: HttpRequest) -> HttpResponse:
    """Send a file: it is checked whole, and nothing is written before the person says so."""
    owner = Organisme.objects.get(pk=landlord_of(request))
    form = LotForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile = form.cleaned_data["fichier"]
        try:
            lot = lots.recevoir(
                acteur=request.user,
                organisme=owner,
                contenu=upload.read(),
                nom=upload.name or "lot",
                source="page",
                maintenant=maintenant(),
                complet=form.cleaned_data["complet"],
                bonnes_lignes=form.cleaned_data["bonnes_lignes"],
                essai=True,
            )
        except InputError as error:
            hold(form, error)
        else:
            _treat(request, lot, upload.size or 0)
            return redirect("offres:lot", lot.pk)
    status = 422 if form.errors else 200
    return render(request, "offres/envoyer.html", {"form": form}, status=status)


def _treat(request: HttpRequest, lot: Lot, taille: int, *, accepte: bool = False) -> None:
    """Read a small file now, hand a large one to the worker."""
    if taille <= _AT_ONCE:
        lots.traiter(
            acteur=request.user,
            lot=lot,
            contexte=contexte_du(aujourdhui(), lot.organisme.siren),
            parametres=parametres(),
            maintenant=maintenant(),
            accepte=accepte,
        )
    else:
        tasks.traiter_lot.defer(lot_id=str(lot.pk), acteur=str(request.user.pk), accepte=accepte)


@require_safe
@droit("lot", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the newest lots of my organisme; an auditor, those of all."""
    before = parse_datetime(request.GET.get("avant", "")[:40]) if request.GET.get("avant") else None
    if before is not None and before.tzinfo is None:
        before = before.replace(tzinfo=dt.UTC)
    bound = perimeter(request, "lot")
    found = lectures.lots_of(bound, before)
    context = {
        "lots": found,
        "suite": len(found) == 25,
        "partout": bound is None,
        "peut_envoyer": scope(fonction_of(request).role, "lot", "C") is not None,
    }
    return render(request, "offres/lots.html", context)


def _own(request: HttpRequest, identifiant: uuid.UUID) -> Lot:
    found = lectures.own(perimeter(request, "lot"), identifiant)
    if found is None:
        refuser(request, "lot", identifiant)
    return found


@require_safe
@droit("lot", "R")
def rapport(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show the report of a lot: what it would do, and all that is wrong."""
    lot = _own(request, identifiant)
    context = {
        "lot": lot,
        "rapport": lot.rapport,
        "attend": lot.etat in {EtatLot.CONTROLE, EtatLot.RETENU},
        "en_cours": lot.etat == EtatLot.RECU,
        "partout": perimeter(request, "lot") is None,
        "peut_modifier": scope(fonction_of(request).role, "lot", "U") is not None,
    }
    return render(request, "offres/lot.html", context)


@require_POST
@droit("lot", "U")
def accepter(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Write a lot that was checked or held."""
    lot = _own(request, identifiant)
    held = lot.etat == EtatLot.RETENU
    try:
        lot = lots.lever_essai(acteur=request.user, lot=lot)
        _treat(request, lot, lot.rapport.get("lignes", 0) * 400, accepte=held)
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("Le lot est écrit, ou en train de l'être."))
    return redirect("offres:lot", identifiant)


@require_POST
@droit("lot", "U")
def abandonner(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Leave a lot without writing anything."""
    try:
        lots.abandonner(acteur=request.user, lot=_own(request, identifiant))
    except InputError as error:
        say(request, error)
    return redirect("offres:lot", identifiant)
