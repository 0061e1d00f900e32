"""Rights: who read me, everything that is held, what I contest, and who acts for me."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import PalierError
from palier.web.apps.comptes.droits import droit
from palier.web.apps.espace import droits
from palier.web.apps.espace.models import Compte, Portee
from palier.web.apps.espace.operations import actes, mandats
from palier.web.apps.espace.presentation import facile
from palier.web.apps.espace.presentation.liens import context, url
from palier.web.apps.espace.queries import comptes, ecrits, export, lecteurs
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.views.formulaires import EcritForm, MandatForm, hold
from palier.web.apps.journal.operations import inscrire
from palier.web.components.liens import adresse
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre


@require_safe
@droits.dossier("ma_demande", "R", portee=None)
def mes_droits(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show who read the request, and what can be asked."""
    with perimetre(demandes=[dossier.demande.pk]):
        written = ecrits.written(dossier.demande.pk)
    plus = {"lectures": lecteurs.of(dossier.demande.pk), "ecrits": written}
    return render(request, "espace/droits.html", context(dossier, _("Mes droits"), **plus))


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=None)
def ecrire(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Ask for a rectification, contest a line, object."""
    typed = request.POST if request.method == "POST" else None
    form = EcritForm(typed, initial={"genre": request.GET.get("genre", "")})
    if request.method == "POST" and form.is_valid():
        try:
            actes.ecrire(
                dossier=dossier,
                genre=form.cleaned_data["genre"],
                texte=form.cleaned_data["texte"],
                maintenant=maintenant(),
            )
        except PalierError as error:
            hold(form, error)
        else:
            messages.success(request, _("C'est écrit. Une personne vous répond dans le mois."))
            return redirect(url(dossier, "droits"))
    status = 422 if form.errors else 200
    return render(request, "espace/ecrire.html", context(dossier, _("Écrire"), form=form), status=status)


@require_safe
@droits.dossier("ma_demande", "R", portee=None)
def exporter(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Give everything that is held of the request, for a program; its page is the print twin."""
    found = export.everything(dossier)
    inscrire(
        acteur=dossier.compte, verbe="espace.exporter", objet_type="demande", objet_id=dossier.demande.pk
    )
    if request.GET.get("format") == "page":
        return render(request, "espace/export.html", context(dossier, _("Mes données"), donnees=found))
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="ma-demande.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=None)
def accompagnant(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Give a mandate, see those given."""
    form = MandatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            mandats.donner(
                dossier=dossier,
                nom=data["nom"],
                courriel=data["courriel"],
                portees=data["portees"],
                du=aujourdhui(),
                au=data["au"],
                langue=get_language() or "fr",
                maintenant=maintenant(),
            )
        except PalierError as error:
            hold(form, error)
        else:
            messages.success(request, _("Le mandat est donné. Vous pouvez l'arrêter à tout moment."))
            return redirect("espace:accompagnant")
    with perimetre(demandes=[dossier.demande.pk]):
        given = ecrits.given(dossier.demande.pk)
    plus = {
        "form": form,
        "mandats": [(m, comptes.is_live(m, aujourdhui()), _scopes(m.portees)) for m in given],
    }
    status = 422 if form.errors else 200
    return render(
        request, "espace/accompagnant.html", context(dossier, _("Mon accompagnant"), **plus), status=status
    )


def _scopes(portees: list[str]) -> list[str]:
    return [str(Portee(portee).label) for portee in portees]


@require_POST
@droits.dossier("ma_demande", "U", portee=None)
def revoquer(request: HttpRequest, dossier: Dossier, identifiant: uuid.UUID) -> HttpResponse:
    """End a mandate now."""
    try:
        mandats.revoquer(dossier=dossier, mandat=identifiant, maintenant=maintenant())
    except ObjectDoesNotExist:
        droits.refuse(dossier, "mandat", identifiant)
    messages.success(request, _("Le mandat est arrêté."))
    return redirect("espace:accompagnant")


@require_safe
@droits.usager("mandat", "R")
def mes_mandats(request: HttpRequest) -> HttpResponse:
    """Show an adviser the persons that he acts for: never a search."""
    compte: Compte = request.usager  # type: ignore[attr-defined]
    au = aujourdhui()
    rows = []
    for held in comptes.mandates(compte):
        if not comptes.is_live(held, au):
            continue
        with perimetre(demandes=[held.demande_id]):
            found = held.demande
        if found is not None:
            rows.append((held, Dossier(found, compte, held), _scopes(held.portees)))
    people = [(m, d, words, url(d, "accueil")) for m, d, words in rows]
    own = comptes.mine(compte) is not None
    return render(request, "espace/mandats.html", {"personnes": people, "propre": own})


@require_safe
@droit("entree_usager", "R")
def facile_marche(request: HttpRequest) -> HttpResponse:
    """Say how it works in easy words."""
    plus = {"idees": facile.how(), "question": _("Comment ça marche"), "retour": adresse("/ma-demande/"),
            "sortie": "" if droits.entered(request) else "non"}  # fmt: skip
    return render(request, "espace/facile.html", plus)


@require_safe
@droits.dossier("ma_demande", "R")
def avertissement_facile(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Say in easy words what ends a request."""
    plus = {
        "idees": facile.warning(dossier),
        "question": _("Garder ma demande"),
        "retour": url(dossier, "accueil"),
    }
    return render(request, "espace/facile.html", context(dossier, _("Facile à lire"), **plus))
