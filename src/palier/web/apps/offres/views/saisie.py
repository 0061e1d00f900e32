"""One offer by hand: its nature, then its questions; the rules are those of every other door."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import InputError, RefusalError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.offres.models import EN_LIGNE, Offre
from palier.web.apps.offres.operations import ecriture
from palier.web.apps.offres.queries import miennes
from palier.web.apps.offres.queries.contexte import contexte_du
from palier.web.apps.offres.rules import NATURES, Contexte
from palier.web.apps.offres.views.formulaire import OffreForm, nature_words
from palier.web.apps.offres.views.offres import landlord_of
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.views.outils import fonction_of, hold
from palier.web.horloge import aujourdhui, maintenant


def _contexte(request: HttpRequest) -> Contexte:
    return contexte_du(aujourdhui(), fonction_of(request).siren)


@require_safe
@droit("offre_brouillon", "C")
def choisir(request: HttpRequest) -> HttpResponse:
    """Ask what is offered: the questions depend on it."""
    landlord_of(request)
    buy = [nature for nature in NATURES if nature not in {"location", "local_activite"}]
    groups = [(_("Une location"), ["location"]), (_("Une vente"), buy), (_("Un local"), ["local_activite"])]
    context = {"groupes": [(title, [(n, nature_words(n)) for n in natures]) for title, natures in groups]}
    return render(request, "offres/choisir.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@droit("offre_brouillon", "C")
def creer(request: HttpRequest, nature: str) -> HttpResponse:
    """Give a new offer; on line at once, or kept until later."""
    owner = Organisme.objects.get(pk=landlord_of(request))
    if nature not in NATURES:
        raise Http404
    propose = miennes.usual_contact(owner.pk)
    form = OffreForm(request.POST or None, nature=nature, contexte=_contexte(request), propose=propose)
    if request.method == "POST" and form.is_valid():
        done = _write(request, owner, form, neuve=True)
        if done is not None:
            return redirect("offres:une", done.pk)
    return _page(request, form, {"nature": nature_words(nature), "retour": reverse("offres:choisir")})


@require_http_methods(["GET", "HEAD", "POST"])
@droit("offre_brouillon", "U")
def modifier(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Change one of my offers, unless somebody has changed it meanwhile."""
    found = miennes.own(landlord_of(request), identifiant)
    if found is None:
        refuser(request, "offre_brouillon", identifiant)
    form = OffreForm(
        request.POST or None,
        nature=found.nature,
        contexte=_contexte(request),
        avant=found.saisie,
        version=found.version,
    )
    if request.method == "POST" and form.is_valid():
        done = _write(request, found.organisme, form)
        if done is not None:
            return redirect("offres:une", done.pk)
    context = {
        "offre": found,
        "nature": nature_words(found.nature),
        "retour": reverse("offres:une", args=[found.pk]),
        "en_ligne": found.statut in EN_LIGNE,
    }
    return _page(request, form, context)


def _write(request: HttpRequest, owner: Organisme, form: OffreForm, *, neuve: bool = False) -> Offre | None:
    """Write the offer of a form that passed the rules; say on the form what refuses it."""
    assert form.offre is not None
    try:
        done = ecriture.deposer(
            acteur=request.user,
            organisme=owner,
            saisie=form.offre,
            contexte=form.contexte,
            maintenant=maintenant(),
            source="page",
            publier=request.POST.get("suite") != "garder",
            version=None if neuve else form.connue(),
            neuve=neuve,
        )
    except RefusalError as error:
        taken = neuve and "reference_bailleur" in form.fields
        for problem in error.problems:
            form.add_error("reference_bailleur" if taken else None, f"{problem.constat} {problem.que_faire}")
        return None
    except InputError as error:
        hold(form, error)
        return None
    words = (
        _("L'offre %(ref)s est en ligne.")
        if done.offre.statut in EN_LIGNE
        else _("L'offre %(ref)s est gardée, sans être en ligne.")
    )
    messages.success(request, words % {"ref": done.offre.reference})
    return done.offre


def _page(request: HttpRequest, form: OffreForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "offres/saisie.html", context | {"form": form}, status=status)
