"""Accounts: those of my organisme, or all of them for the operator."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.comptes import operations as comptes
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes import operations, queries
from palier.web.apps.organismes.models import Fonction, Organisme
from palier.web.apps.organismes.views.formulaires import ExploitantForm, FonctionForm, InvitationForm
from palier.web.apps.organismes.views.outils import (
    PAR_PAGE,
    fonction_of,
    hold,
    key_of,
    next_page,
    perimeter,
    say,
)
from palier.web.horloge import aujourdhui

OBJET = "utilisateur"


def _reach(request: HttpRequest, pk: uuid.UUID) -> Utilisateur:
    """Return an account of the perimeter, or refuse."""
    found = Utilisateur.objects.filter(pk=pk).first()
    bound = perimeter(request, OBJET)
    if found is None:
        raise Http404
    if bound is not None and not queries.belongs(found, bound):
        refuser(request, OBJET, pk)
    return found


def _place(request: HttpRequest) -> Organisme | None:
    """Return the organisme of the function, None for the operator."""
    bound = perimeter(request, OBJET)
    return None if bound is None else Organisme.objects.get(pk=bound)


def _reaches_all(request: HttpRequest, pk: uuid.UUID) -> None:
    """Refuse to those whose right on accounts stops at their organisme."""
    if scope(fonction_of(request).role, OBJET, "U") != "partout":
        refuser(request, OBJET, pk)


@droit(OBJET, "R")
@require_GET
def utilisateurs(request: HttpRequest) -> HttpResponse:
    """List accounts, by page of key."""
    rows = queries.members(perimeter(request, OBJET), aujourdhui(), key_of(request), PAR_PAGE + 1)
    page, more = next_page(rows)
    role = fonction_of(request).role
    context = {
        "membres": page,
        "suite": page[-1].utilisateur.pk if more else None,
        "debut": "apres" in request.GET,
        "peut_inviter": scope(role, OBJET, "C") is not None,
    }
    return render(request, "organismes/utilisateurs.html", context)


@droit(OBJET, "R")
@require_GET
def utilisateur(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one account: functions, state, and what one may do."""
    found = _reach(request, pk)
    return _page(request, found, FonctionForm(organisme=_place(request)))


def _page(request: HttpRequest, found: Utilisateur, form: FonctionForm, status: int = 200) -> HttpResponse:
    """Render the page of an account."""
    role = fonction_of(request).role
    context = {
        "membre": queries.member(found, perimeter(request, OBJET), aujourdhui()),
        "form": form,
        "peut_modifier": scope(role, OBJET, "U") is not None,
        "peut_fermer": scope(role, OBJET, "U") == "partout",
        "soi": found.pk == request.user.pk,
    }
    return render(request, "organismes/utilisateur.html", context, status=status)


@droit(OBJET, "C")
@require_http_methods(["GET", "POST"])
def inviter(request: HttpRequest) -> HttpResponse:
    """Invite a person into an organisme."""
    form = InvitationForm(request.POST or None, organisme=_place(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.inviter_membre(
                acteur=request.user,
                organisme=form.place,
                courriel=data["courriel"],
                nom=data["nom"],
                role=data["role"],
                aujourdhui=aujourdhui(),
            )
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La personne a sa fonction ; un courriel lui est envoyé au besoin."))
            return redirect("organismes:utilisateurs")
    return render(request, "organismes/inviter.html", {"form": form}, status=_status(form.is_bound))


@droit(OBJET, "C")
@require_http_methods(["GET", "POST"])
def inviter_exploitant(request: HttpRequest) -> HttpResponse:
    """Invite another operator."""
    if scope(fonction_of(request).role, OBJET, "C") != "partout":
        refuser(request, OBJET)
    form = ExploitantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.inviter_exploitant(acteur=request.user, **form.cleaned_data)
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("L'invitation est partie."))
            return redirect("organismes:utilisateurs")
    context = {"form": form, "exploitant": True}
    return render(request, "organismes/inviter.html", context, status=_status(form.is_bound))


@droit(OBJET, "U")
@require_POST
def donner(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Give a role to an account."""
    found = _reach(request, pk)
    form = FonctionForm(request.POST, organisme=_place(request))
    if form.is_valid():
        try:
            operations.donner_fonction(
                acteur=request.user,
                utilisateur=found,
                organisme=form.place,
                role=form.cleaned_data["role"],
                du=aujourdhui(),
            )
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La fonction est donnée."))
            return redirect("organismes:utilisateur", pk=pk)
    return _page(request, found, form, 422)


@droit(OBJET, "U")
@require_POST
def finir(request: HttpRequest, pk: uuid.UUID, fonction: uuid.UUID) -> HttpResponse:
    """End a role."""
    found = _reach(request, pk)
    held = Fonction.objects.filter(pk=fonction, utilisateur=found).select_related("organisme").first()
    bound = perimeter(request, OBJET)
    if held is None:
        raise Http404
    if bound is not None and held.organisme_id != bound:
        refuser(request, OBJET, pk)
    try:
        operations.finir_fonction(acteur=request.user, fonction=held, aujourdhui=aujourdhui())
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("La fonction est finie : elle n'ouvre plus rien."))
    if bound is not None and not queries.belongs(found, bound):
        return redirect("organismes:utilisateurs")
    return redirect("organismes:utilisateur", pk=pk)


@droit(OBJET, "U")
@require_POST
def reinviter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the invitation again to someone who has no password yet."""
    found = _reach(request, pk)
    if not found.has_usable_password():
        try:
            comptes.inviter(acteur=request.user, utilisateur=found, organisme=perimeter(request, OBJET) or "")
        except InputError as error:
            say(request, error)
        else:
            messages.success(request, _("L'invitation est partie."))
    return redirect("organismes:utilisateur", pk=pk)


@droit(OBJET, "U")
@require_POST
def fermer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close an account (operator)."""
    found = _reach(request, pk)
    _reaches_all(request, pk)
    try:
        comptes.fermer_compte(acteur=request.user, utilisateur=found)
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("Le compte est fermé."))
    return redirect("organismes:utilisateur", pk=pk)


@droit(OBJET, "U")
@require_POST
def rouvrir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Open a closed account again and invite its holder (operator)."""
    found = _reach(request, pk)
    _reaches_all(request, pk)
    if not found.is_active:
        comptes.rouvrir_compte(acteur=request.user, utilisateur=found)
        comptes.inviter(acteur=request.user, utilisateur=found)
        messages.success(request, _("Le compte est rouvert, l'invitation est partie."))
    return redirect("organismes:utilisateur", pk=pk)


@droit(OBJET, "U")
@require_POST
def retirer_facteur(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Erase a lost second factor (operator)."""
    found = _reach(request, pk)
    _reaches_all(request, pk)
    comptes.retirer_facteurs(acteur=request.user, utilisateur=found)
    messages.success(request, _("Le second facteur est retiré ; la personne en est prévenue."))
    return redirect("organismes:utilisateur", pk=pk)


def _status(bound: bool) -> int:
    """Return 422 for a form sent back with its errors."""
    return 422 if bound else 200
