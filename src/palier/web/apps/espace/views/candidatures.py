"""Candidacies, decisions, and offers to answer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import PalierError
from palier.web.apps.attributions.courrier import textes
from palier.web.apps.attributions.operations import candidats, suites
from palier.web.apps.espace import droits
from palier.web.apps.espace.operations import actes
from palier.web.apps.espace.presentation import candidatures as mots
from palier.web.apps.espace.presentation import facile
from palier.web.apps.espace.presentation.liens import context, url
from palier.web.apps.espace.presentation.propositions import money_of, offer_deadline
from palier.web.apps.espace.presentation.refus import all_said
from palier.web.apps.espace.queries import candidatures
from palier.web.apps.espace.queries import lettres as courriers
from palier.web.apps.espace.queries.candidatures import Suivi
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.mandats import LIRE, REPONDRE
from palier.web.apps.espace.views.demande import candidacies, language
from palier.web.apps.espace.views.formulaires import ReponseForm, hold
from palier.web.horloge import aujourdhui, maintenant


@require_safe
@droits.dossier("ma_demande", "R")
def liste(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """List the candidacies, the newest first."""
    followed = candidatures.of(dossier.demande.pk)
    table = candidacies(dossier, followed)
    return render(request, "espace/candidatures.html", context(dossier, _("Mes candidatures"), tableau=table))


def _one(dossier: Dossier, identifiant: uuid.UUID) -> Suivi:
    found = candidatures.of(dossier.demande.pk, identifiant)
    if not found:
        droits.refuse(dossier, "candidature", identifiant)
    return found[0]


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=LIRE)
def une(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Show a decision, why, what can be done; withdraw the candidacy."""
    suivi = _one(dossier, identifiant)
    problems: list[Any] = []
    if request.method == "POST":
        if not dossier.may(REPONDRE):
            words = [_("Votre mandat ne permet pas cet acte : la personne le fait elle-même.")]
            return _decision(request, dossier, suivi, words, status=403)
        if request.POST.get("sur") != "oui":
            problems = [_("Cochez la case, si c'est bien votre volonté.")]
        else:
            return _withdraw(request, dossier, suivi)
    return _decision(request, dossier, suivi, problems)


def _withdraw(request: HttpRequest, dossier: Dossier, suivi: Suivi) -> HttpResponse:
    try:
        candidats.retirer(
            acteur=dossier.acteur,
            candidature=suivi.candidature.pk,
            au=aujourdhui(),
            maintenant=maintenant(),
        )
    except PalierError as error:
        return _decision(request, dossier, suivi, all_said(error), status=409)
    _copy(dossier)
    messages.success(request, _("Votre candidature est retirée. Votre demande continue."))
    return redirect(url(dossier, "candidature", identifiant=suivi.candidature.pk))


def _copy(dossier: Dossier) -> None:
    """Tell the person what her adviser has just done."""
    if dossier.mandat is not None:
        with actes.acting(dossier):
            pass


def _decision(
    request: HttpRequest, dossier: Dossier, suivi: Suivi, problems: list[Any], status: int = 0
) -> HttpResponse:
    langue = language()
    held = suivi.decision
    plus = {
        "suivi": suivi,
        "logement": mots.home_of(suivi),
        "etat": mots.state_of(suivi),
        "phrase": mots.sentence_of(suivi),
        "effet": mots.effect_of(suivi),
        "motifs": mots.reasons_of(suivi, langue),
        "suite": mots.next_of(suivi),
        "piece": mots.condition_of(held) if held is not None and held.condition_limite else None,
        "problemes": problems,
        "peut_retirer": suivi.vivante and dossier.may(REPONDRE),
        "repondre": url(dossier, "proposition", identifiant=suivi.proposition.pk)
        if suivi.proposition
        else "",
        "facile": url(dossier, "candidature_facile", identifiant=suivi.candidature.pk),
        "lettres": _letters(dossier, suivi),
        "langue_mots": langue,
    }
    status = status or (422 if problems else 200)
    return render(
        request, "espace/decision.html", context(dossier, mots.home_of(suivi), **plus), status=status
    )


def _letters(dossier: Dossier, suivi: Suivi) -> list[tuple[str, Any, str]]:
    """Return the letters of a candidacy: kind, row, address."""
    rows = courriers.of_candidacy(dossier.demande.pk, suivi)
    return [(textes.kind(row), row, url(dossier, "lettre", identifiant=row.pk)) for row in rows]


@require_safe
@droits.dossier("ma_demande", "R")
def decision_facile(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Say a decision in easy words."""
    suivi = _one(dossier, identifiant)
    back = url(dossier, "candidature", identifiant=identifiant)
    plus = {"idees": facile.decision(suivi), "question": _("Ma décision"), "retour": back}
    return render(request, "espace/facile.html", context(dossier, _("Facile à lire"), **plus))


def _offer(dossier: Dossier, identifiant: uuid.UUID) -> Suivi:
    followed = candidatures.of(dossier.demande.pk)
    found = next((s for s in followed if s.proposition and s.proposition.pk == identifiant), None)
    if found is None:
        droits.refuse(dossier, "proposition", identifiant)
    return found


@require_safe
@droits.dossier("ma_demande", "R")
def offre_facile(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Say an offer in easy words."""
    suivi = _offer(dossier, identifiant)
    back = url(dossier, "proposition", identifiant=identifiant)
    plus = {"idees": facile.offre(suivi), "question": _("Un logement pour moi"), "retour": back}
    return render(request, "espace/facile.html", context(dossier, _("Facile à lire"), **plus))


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U")
def proposition(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """Show a home offered, its deadline, and what each answer does; answer in two steps."""
    suivi = _offer(dossier, identifiant)
    if request.method != "POST":
        return _home(request, dossier, suivi, ReponseForm())
    form = ReponseForm(request.POST)
    if not form.is_valid():
        return _home(request, dossier, suivi, form, 422)
    if request.POST.get("confirme") != "oui":
        plus = {"suivi": suivi, "form": form, "logement": mots.home_of(suivi),
                "retour": url(dossier, "proposition", identifiant=identifiant)}  # fmt: skip
        return render(request, "espace/confirmer.html", context(dossier, _("Confirmer"), **plus))
    return _answer(request, dossier, suivi, form)


def _answer(request: HttpRequest, dossier: Dossier, suivi: Suivi, form: ReponseForm) -> HttpResponse:
    assert suivi.proposition is not None
    sens = form.cleaned_data["sens"]
    try:
        suites.repondre(
            acteur=dossier.acteur,
            proposition=suivi.proposition.pk,
            sens=sens,
            le=aujourdhui(),
            canal="ecran",
            au=aujourdhui(),
            maintenant=maintenant(),
            motif=form.cleaned_data["motif"] if sens == "non" else "",
        )
    except PalierError as error:
        hold(form, error)
        return _home(request, dossier, suivi, form, 409)
    _copy(dossier)
    said = {
        "oui": _("Vous avez accepté. Le bailleur vous appelle pour la visite et le bail."),
        "non": _("Vous avez refusé. Votre demande continue."),
    }
    messages.success(request, said[sens])
    return redirect(url(dossier, "candidature", identifiant=suivi.candidature.pk))


def _home(
    request: HttpRequest, dossier: Dossier, suivi: Suivi, form: ReponseForm, status: int = 200
) -> HttpResponse:
    plus = {
        "suivi": suivi,
        "form": form,
        "logement": mots.home_of(suivi),
        "argent": money_of(dossier, suivi),
        "echeance": offer_deadline(suivi, aujourdhui()),
        "peut_repondre": suivi.offerte and dossier.may(REPONDRE),
        "facile": url(dossier, "proposition_facile", identifiant=suivi.proposition.pk),  # type: ignore[union-attr]
        "decision": url(dossier, "candidature", identifiant=suivi.candidature.pk),
        "lettres": _letters(dossier, suivi),
    }
    titre = _("Proposition de logement")
    return render(request, "espace/proposition.html", context(dossier, titre, **plus), status=status)
