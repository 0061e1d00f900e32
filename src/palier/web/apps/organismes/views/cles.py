"""Keys of the programs of my organisme."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, reaches, refuser
from palier.web.apps.organismes import operations, queries
from palier.web.apps.organismes.models import CleApi, Organisme
from palier.web.apps.organismes.views.formulaires import MOTS_PORTEES, CleForm
from palier.web.apps.organismes.views.outils import fonction_of, hold
from palier.web.horloge import aujourdhui, maintenant

OBJET = "cle_api"
_DEFAULT = dt.timedelta(days=365)


def _organisme(request: HttpRequest) -> Organisme:
    """Return the organisme under which the person acts."""
    found = fonction_of(request).organisme_id
    if found is None:
        refuser(request, OBJET)
    return Organisme.objects.get(pk=found)


@droit(OBJET, "R")
@require_GET
def cles(request: HttpRequest) -> HttpResponse:
    """List the keys: prefix, use, end; never a secret."""
    today = aujourdhui()
    rows = queries.keys_of(_organisme(request).pk)
    live = [key for key in rows if key.revoquee_le is None and key.expire_le >= today]
    context = {
        "cles": [{"cle": key, "permet": [MOTS_PORTEES.get(n, n) for n in key.portees]} for key in live],
        "anciennes": [key for key in rows if key not in live][:50],
    }
    return render(request, "organismes/cles.html", context)


@droit(OBJET, "C")
@never_cache
@require_http_methods(["GET", "POST"])
def creer(request: HttpRequest) -> HttpResponse:
    """Make a key; the answer shows its secret, once."""
    today = aujourdhui()
    form = CleForm(request.POST or None, initial={"expire_le": today + _DEFAULT})
    if request.method == "POST" and form.is_valid():
        try:
            key, secret = operations.creer_cle(
                acteur=request.user,
                organisme=_organisme(request),
                aujourdhui=today,
                **form.cleaned_data,
            )
        except InputError as error:
            hold(form, error)
        else:
            return render(request, "organismes/cle_creee.html", {"cle": key, "secret": secret})
    return render(request, "organismes/cle.html", {"form": form}, status=422 if form.is_bound else 200)


@droit(OBJET, "U")
@require_POST
def revoquer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Close a key at once."""
    key = CleApi.objects.filter(pk=pk).first()
    if key is None:
        raise Http404
    if not reaches(request, OBJET, "U", key.organisme_id):
        refuser(request, OBJET, pk)
    if key.revoquee_le is None:
        operations.revoquer_cle(acteur=request.user, cle=key, maintenant=maintenant())
    messages.success(request, _("La clé est révoquée : elle n'ouvre plus rien."))
    return redirect("organismes:cles")
