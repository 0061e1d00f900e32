"""Enter, tie a request, leave. What is answered never tells whether an address or a number is known."""

from __future__ import annotations

import uuid
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from palier.base.errors import RefusalError
from palier.web.apps.comptes.droits import droit
from palier.web.apps.comptes.templatetags.comptes import USAGERS
from palier.web.apps.espace import droits
from palier.web.apps.espace.models import Compte
from palier.web.apps.espace.operations import entree, rattachement
from palier.web.apps.espace.queries import comptes
from palier.web.apps.espace.views.formulaires_entree import CodeForm, EntreeForm, RattachementForm
from palier.web.horloge import maintenant
from palier.web.limites import limite

_ENTREE, _LIEN = "entree_usager", "lien_usager"


def _language() -> str:
    return get_language() or "fr"


def _safe(request: HttpRequest) -> str:
    """Return where to go next, on this site only."""
    asked = request.GET.get("suite", "")
    good = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if good else ""


def _provider(request: HttpRequest) -> dict[str, str] | None:
    found = [p for p in get_adapter().list_providers(request) if p.app.provider_id == USAGERS]
    return {"nom": found[0].name, "url": found[0].get_login_url(request, process="login")} if found else None


@require_http_methods(["GET", "HEAD", "POST"])
@droit("entree_usager", "C")
def entrer(request: HttpRequest) -> HttpResponse:
    """Ask for a code by mail, or lead to the identity provider."""
    if request.method == "POST":
        return _ask(request)
    if droits.entered(request) is not None:
        return redirect("espace:accueil")
    return _entry(request, EntreeForm())


def _entry(request: HttpRequest, form: EntreeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "identite": _provider(request), "suite": _safe(request)}
    return render(request, "espace/entrer.html", context, status=status)


@limite("entree")
def _ask(request: HttpRequest) -> HttpResponse:
    form = EntreeForm(request.POST)
    if not form.is_valid():
        return _entry(request, form, 422)
    address = form.cleaned_data["courriel"]
    made = entree.demander_code(courriel=address, langue=_language(), maintenant=maintenant())
    request.session[_ENTREE] = {
        "defi": str(made.pk),
        "courriel": address,
        "partage": form.cleaned_data["partage"],
        "suite": _safe(request),
    }
    return redirect("espace:code")


def _challenge(request: HttpRequest, nom: str) -> uuid.UUID | None:
    held = (request.session.get(nom) or {}).get("defi")
    return uuid.UUID(held) if held else None


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@droit("entree_usager", "C")
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent."""
    held = request.session.get(_ENTREE)
    if not held:
        return redirect("espace:entrer")
    if request.method != "POST":
        return render(request, "espace/code.html", {"form": CodeForm()})
    return _try_entry(request, held)


@limite("essai")
def _try_entry(request: HttpRequest, held: dict[str, Any]) -> HttpResponse:
    form = CodeForm(request.POST)
    compte: Compte | None = None
    if form.is_valid():
        compte = entree.entrer_par_code(
            defi=_challenge(request, _ENTREE),
            courriel=held["courriel"],
            code=form.cleaned_data["code"],
            langue=_language(),
            maintenant=maintenant(),
        )
        if compte is None:
            form.add_error("code", _("Ce code n'ouvre rien. Vérifiez-le, ou demandez-en un autre."))
    if compte is None:
        return render(request, "espace/code.html", {"form": form}, status=422)
    droits.enter(request, compte, partage=bool(held["partage"]))
    return redirect(held["suite"] or reverse("espace:accueil"))


@require_POST
@droit("entree_usager", "C")
def sortir(request: HttpRequest) -> HttpResponse:
    """Leave; a shared computer is asked to forget the pages."""
    shared = droits.leave(request)
    answer = redirect("espace:entrer")
    if shared:
        answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@droits.usager("ma_demande", "C")
def rattacher(request: HttpRequest) -> HttpResponse:
    """Ask for the code that ties a request."""
    compte: Compte = request.usager  # type: ignore[attr-defined]
    if comptes.mine(compte) is not None:
        return redirect("espace:accueil")
    form = RattachementForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _matching(request, form, 422 if form.errors else 200)
    try:
        made = rattachement.demander_rattachement(
            compte=compte,
            numero=form.cleaned_data["numero"],
            naissance=form.cleaned_data["naissance"],
            langue=_language(),
            maintenant=maintenant(),
        )
    except RefusalError:
        return render(request, "espace/guichet.html", status=409)
    request.session[_LIEN] = {"defi": str(made.pk)}
    return redirect("espace:rattacher_code")


def _matching(request: HttpRequest, form: RattachementForm, status: int) -> HttpResponse:
    mandats = comptes.mandates(request.usager)  # type: ignore[attr-defined]
    return render(request, "espace/rattacher.html", {"form": form, "mandats": mandats}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@droits.usager("ma_demande", "C")
def rattacher_code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent to the address on file."""
    challenge = _challenge(request, _LIEN)
    if challenge is None:
        return redirect("espace:rattacher")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = rattachement.rattacher(
            compte=request.usager,  # type: ignore[attr-defined]
            defi=challenge,
            code=form.cleaned_data["code"],
            maintenant=maintenant(),
        )
        if made is not None:
            request.session.pop(_LIEN, None)
            messages.success(request, _("Votre demande est ouverte."))
            return redirect("espace:accueil")
        form.add_error("code", _("Ce code n'ouvre rien. Vérifiez-le, ou demandez-en un autre."))
    return render(request, "espace/rattacher_code.html", {"form": form}, status=422 if form.errors else 200)
