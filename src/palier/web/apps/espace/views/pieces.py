"""The papers: why each is asked, its state, who saw it; file one."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import PalierError
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.operations.pieces import lire_fichier
from palier.web.apps.demandes.queries import pieces
from palier.web.apps.espace import droits
from palier.web.apps.espace.operations import actes
from palier.web.apps.espace.presentation.liens import context, url
from palier.web.apps.espace.queries import lecteurs
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.mandats import DEPOSER
from palier.web.apps.espace.views.demande import language
from palier.web.apps.espace.views.formulaires import PieceForm, hold
from palier.web.horloge import aujourdhui, maintenant
from palier.web.limites import limite
from palier.web.postgres.perimetre import perimetre


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U")
def liste(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the papers; file one."""
    if request.method == "POST":
        if not dossier.may(DEPOSER):
            form = PieceForm(request.POST)
            form.add_error(None, _("Votre mandat ne permet pas cet acte : la personne le fait elle-même."))
            return _page(request, dossier, form, 403)
        return _file(request, dossier)
    return _page(request, dossier, PieceForm(initial={"fait": request.GET.get("fait", "")}))


def _page(request: HttpRequest, dossier: Dossier, form: PieceForm, status: int = 200) -> HttpResponse:
    own, langue = dossier.mandat is None, language()
    with perimetre(demandes=[dossier.demande.pk], lecteur=own):
        found = pieces.papers_of(dossier.demande, aujourdhui(), lecteur=own)
    readings = [r for r in lecteurs.of(dossier.demande.pk) if r.piece]
    form.fields["fait"].choices = _facts(own, langue)  # type: ignore[attr-defined]
    plus = {
        "pieces": [(mots.fact(p.fait, langue), p) for p in found],
        "form": form,
        "lectures": readings,
        "peut_deposer": dossier.may(DEPOSER),
        "langue_mots": langue,
    }
    return render(request, "espace/pieces.html", context(dossier, _("Mes pièces"), **plus), status=status)


def _facts(own: bool, langue: str) -> list[tuple[str, str]]:
    return [(fact, mots.fact(fact, langue)) for fact in pieces.fileable_facts(lecteur=own)]


@limite("depot")
def _file(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    form = PieceForm(request.POST, request.FILES)
    form.fields["fait"].choices = _facts(dossier.mandat is None, language())  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, dossier, form, 422)
    try:
        actes.deposer(
            dossier=dossier,
            fait=form.cleaned_data["fait"],
            contenu=form.cleaned_data["fichier"].read(),
            le=aujourdhui(),
            maintenant=maintenant(),
        )
    except PalierError as error:
        hold(form, error)
        return _page(request, dossier, form, 422)
    messages.success(request, _("Votre pièce est arrivée. Une personne va la vérifier."))
    return redirect(url(dossier, "pieces"))


@require_safe
@droits.dossier("ma_demande", "R", portee=None)
def fichier(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Give back a file that the person filed."""
    del request
    with perimetre(demandes=[dossier.demande.pk], lecteur=True):
        found = pieces.file_of(dossier.demande, identifiant)
        octets = lire_fichier(acteur=dossier.compte, fichier=found) if found is not None else b""
    if found is None:
        droits.refuse(dossier, "piece", identifiant)
    kind = "application/pdf" if found.genre == "pdf" else "image/jpeg"
    answer = HttpResponse(octets, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="piece.{found.genre}"'
    return answer
