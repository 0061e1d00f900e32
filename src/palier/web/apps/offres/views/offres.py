"""My offers: what is on line, what is to be confirmed, what has left."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.offres.models import MotifRetrait, Statut
from palier.web.apps.offres.operations import ecriture
from palier.web.apps.offres.queries import fiche, miennes
from palier.web.apps.offres.queries.contexte import contexte_du, parametres
from palier.web.apps.offres.queries.photos import shown as shown_photos
from palier.web.apps.offres.views.formulaire import nature_words, told, warnings_of
from palier.web.apps.organismes.views.outils import fonction_of, key_of, perimeter, say
from palier.web.horloge import aujourdhui, maintenant

_MOST = 500


def landlord_of(request: HttpRequest) -> uuid.UUID:
    """Return the landlord under which the person acts; another function has no offers."""
    found = fonction_of(request).organisme_id
    if found is None:
        refuser(request, "offre_brouillon")
    return found


def list_title(borne: uuid.UUID | None) -> str:
    """Return the name of the list of offers: mine, or those of all landlords."""
    return _("Offres de tous les bailleurs") if borne is None else _("Mes offres")


@require_safe
@droit("offre_brouillon", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """Show the offers of my organisme in one state; an auditor, those of all, or of one landlord."""
    bound = perimeter(request, "offre_brouillon")
    siren = "" if bound else "".join(request.GET.get("bailleur", "").split())[:9]
    statut = request.GET.get("etat", "")
    reference = request.GET.get("reference", "").strip()[:40]
    page = miennes.offers_of(bound, statut, reference, key_of(request), siren=siren)
    names = {"": _("En ligne"), **dict(Statut.choices)}
    counts = fiche.counts_of(bound, siren)
    context = {
        "titre": list_title(bound),
        "partout": bound is None,
        "siren": siren,
        "page": page,
        "etat": statut if statut in Statut.values else "",
        "etats": [(code, names[code]) for code in ("", "a_confirmer", "retiree", "controlee")],
        "reference": reference,
        "comptes": counts,
        "peut_deposer": scope(fonction_of(request).role, "offre_brouillon", "C") is not None,
        "motifs": [c for c in MotifRetrait.choices if c[0] in {"pourvue", "annulee"}],
    }
    return render(request, "offres/liste.html", context)


@require_POST
@droit("offre_brouillon", "U")
def confirmer(request: HttpRequest) -> HttpResponse:
    """Confirm the chosen offers, each in its own transaction."""
    owner = landlord_of(request)
    done, found = 0, None
    for text in request.POST.getlist("offre")[:_MOST]:
        try:
            found = miennes.own(owner, uuid.UUID(text))
        except ValueError:
            found = None
        if found is None:
            continue
        try:
            ecriture.confirmer(acteur=request.user, offre=found, maintenant=maintenant(), source="page")
            done += 1
        except InputError as error:
            say(request, error)
    if done:
        messages.success(
            request,
            ngettext("%(n)d offre est confirmée.", "%(n)d offres sont confirmées.", done) % {"n": done},
        )
    else:
        messages.warning(request, _("Cochez au moins une offre."))
    if done == 1 and "page" in request.POST and found is not None:
        return redirect("offres:une", found.pk)
    return redirect("offres:liste")


@require_safe
@droit("offre_brouillon", "R")
def une(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show one of my offers, whole, with its history of states."""
    bound = perimeter(request, "offre_brouillon")
    found = miennes.own(bound, identifiant)
    if found is None:
        refuser(request, "offre_brouillon", identifiant)
    shown = fiche.by_reference(found.organisme_id, found.reference, parametres())
    today, fonction = aujourdhui(), fonction_of(request)
    context = {
        "liste": list_title(bound),
        "partout": bound is None,
        "offre": found,
        "fiche": shown,
        "nature": nature_words(found.nature),
        "donnees": told(found.saisie),
        "photos": shown_photos(shown.photos if shown else [], reverse("offres:photos", args=[found.pk])),
        "avertissements": warnings_of(found.saisie, contexte_du(today, found.organisme.siren)),
        "peut_modifier": scope(fonction.role, "offre_brouillon", "U") is not None,
        "motifs": [c for c in MotifRetrait.choices if c[0] in {"pourvue", "annulee"}],
    }
    return render(request, "offres/une.html", context)


@require_POST
@droit("offre_brouillon", "U")
def retirer(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Withdraw one of my offers, with its reason."""
    found = miennes.own(landlord_of(request), identifiant)
    if found is None:
        refuser(request, "offre_brouillon", identifiant)
    motif = request.POST.get("motif", "")
    if motif not in {MotifRetrait.POURVUE.value, MotifRetrait.ANNULEE.value}:
        messages.error(request, _("Dites pourquoi l'offre est retirée : choisissez un motif."))
        return redirect("offres:une", identifiant)
    try:
        ecriture.retirer(
            acteur=request.user, offre=found, motif=motif, maintenant=maintenant(), source="page"
        )
    except InputError as error:
        say(request, error)
        return redirect("offres:une", identifiant)
    messages.success(request, _("L'offre %(ref)s est retirée.") % {"ref": found.reference})
    return redirect("offres:liste")
