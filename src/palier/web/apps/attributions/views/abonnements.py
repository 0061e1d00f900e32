"""Programs that are told what happens: addresses, secret shown once, trial, last deliveries."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.attributions.models import Livraison
from palier.web.apps.attributions.operations import annonces
from palier.web.apps.attributions.queries import abonnements as lectures
from palier.web.apps.attributions.rules.annonces import LONGUEUR_MAX
from palier.web.apps.attributions.views.outils import mine, opened
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.organismes.views.outils import hold
from palier.web.components.pieces import Etat
from palier.web.horloge import maintenant

OBJET = "abonnement"
MOTS = {
    "vacance": gettext_lazy("Logements : ouverts, décrits, orientés, repris, retirés"),
    "candidature": gettext_lazy("Candidats : proposés, écartés, retirés"),
    "seance": gettext_lazy("Séances : convoquées, ouvertes, closes, procès-verbal"),
    "decision": gettext_lazy("Décisions : votées, notifiées, contestées"),
    "proposition": gettext_lazy("Offres : envoyées, acceptées, refusées, sans réponse"),
    "bail": gettext_lazy("Baux signés"),
}
CAUSES = {
    "nom_inconnu": gettext_lazy("le nom d'hôte ne mène nulle part"),
    "adresse_interdite": gettext_lazy("le nom mène à une adresse interdite"),
    "hote_interdit": gettext_lazy("l'hôte n'est plus permis"),
    "certificat": gettext_lazy("le certificat n'est pas valable"),
    "trop_long": gettext_lazy("pas de réponse en dix secondes"),
    "injoignable": gettext_lazy("connexion impossible"),
    "refus": gettext_lazy("réponse qui n'est pas un accord"),
    "arrete": gettext_lazy("abonnement arrêté"),
}


class AbonnementForm(forms.Form):
    """An address, and what it is told."""

    url = forms.CharField(
        label=gettext_lazy("Adresse à prévenir"),
        max_length=LONGUEUR_MAX,
        help_text=gettext_lazy("https:// et un hôte permis par l'exploitant du site."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "url"}),
    )
    evenements = forms.MultipleChoiceField(
        label=gettext_lazy("Ce qui est annoncé"),
        choices=list(MOTS.items()),
        widget=forms.CheckboxSelectMultiple,
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "C")
def liste(request: HttpRequest) -> HttpResponse:
    """List the addresses and their last deliveries; subscribe another, whose secret is shown once."""
    me = mine(request, OBJET)
    form = AbonnementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = annonces.abonner(
                acteur=request.user, organisme=me, url=form.cleaned_data["url"],
                evenements=form.cleaned_data["evenements"], maintenant=maintenant(),
            )  # fmt: skip
        except InputError as error:
            hold(form, error)
        else:
            return render(request, "attributions/abonnement_cree.html", {"a": made, "secret": secret})
    with opened(request):
        rows, last = lectures.live(me), lectures.last_deliveries(me)
    context = {
        "abonnements": [{"a": a, "annonce": [MOTS[e] for e in a.evenements if e in MOTS]} for a in rows],
        "livraisons": [{"l": one, "etat": _state(one)} for one in last],
        "form": form if settings.WEBHOOKS_HOTES else None,
        "hotes": ", ".join(settings.WEBHOOKS_HOTES),
        "bouton": _("Abonner cette adresse"),
    }
    return render(request, "attributions/abonnements.html", context, status=422 if form.is_bound else 200)


def _state(livraison: Livraison) -> Etat:
    if livraison.etat == "livree":
        return Etat("fait", _("Reçue"))
    reason = str(CAUSES.get(livraison.cause, ""))
    said = _(", %(cause)s") % {"cause": reason} if reason else ""
    if livraison.etat == "abandonnee":
        return Etat("bloque", _("Abandonnée"), said)
    return Etat("en_attente", _("En attente"), said)


def _done(request: HttpRequest, pk: uuid.UUID, act: Any, words: str) -> HttpResponse:
    try:
        act(organisme=mine(request, OBJET), abonnement=pk, maintenant=maintenant())
    except ObjectDoesNotExist:
        refuser(request, OBJET, pk)
    messages.success(request, words)
    return redirect("attributions:abonnements")


@require_POST
@droit(OBJET, "U")
def essayer(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Send a call of trial."""
    return _done(request, pk, annonces.essayer, _("Un appel d'essai part : son résultat s'affichera ici."))


@require_POST
@droit(OBJET, "U")
def arreter(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Stop a subscription."""

    def stop(**given: Any) -> None:
        annonces.arreter(acteur=request.user, **given)

    return _done(request, pk, stop, _("Cette adresse n'est plus prévenue."))
