"""Home of the staff, and the choice of the function."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from palier.web.apps.comptes.droits import compte, refuser
from palier.web.apps.organismes import bureau
from palier.web.apps.organismes.models import Role
from palier.web.apps.organismes.views.formulaires import FonctionChoisieForm
from palier.web.horloge import aujourdhui

CLE_SESSION = "fonction"


@compte
@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """Show what exists and what waits under the function held, the other functions, and the account."""
    held, fonction = request.fonctions, request.fonction  # type: ignore[attr-defined]
    names = {**dict(Role.choices), "exploitant": _("Exploitant du site")}
    functions = [
        {
            "valeur": f"{f.role}:{f.organisme_id}",
            "role": names[f.role],
            "organisme": f.organisme_nom,
            "courante": f == fonction,
        }
        for f in held
    ]
    tiles = bureau.tiles(fonction, aujourdhui()) if fonction else []
    tiles += bureau.account_tiles(request.user, aujourdhui())
    context = {"fonctions": functions, "tuiles": tiles, "role": names[fonction.role] if fonction else ""}
    return render(request, "organismes/accueil.html", context)


@compte
@require_POST
def choisir(request: HttpRequest) -> HttpResponse:
    """Act under another function from now on."""
    form = FonctionChoisieForm(request.POST, tenues=request.fonctions)  # type: ignore[attr-defined]
    if not form.is_valid():
        refuser(request, "fonction")
    request.session[CLE_SESSION] = form.cleaned_data["fonction"]
    messages.success(request, _("Vous agissez maintenant sous cette fonction."))
    return redirect("organismes:accueil")
