"""The desk: what persons wrote on their requests, to be answered within a month."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.demandes.queries.acces import opened
from palier.web.apps.espace.operations.reponses import repondre
from palier.web.apps.espace.queries import bureau as lectures
from palier.web.apps.organismes.views.outils import fonction_of, hold
from palier.web.components.dates import ecrire_date
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.horloge import maintenant

OBJET = "ecrit"
GENRES = {
    "correction": gettext_lazy("Changement de situation"),
    "rectification": gettext_lazy("Rectification d'une donnée"),
    "opposition": gettext_lazy("Opposition à un usage"),
    "contestation": gettext_lazy("Contestation d'une ligne de points"),
}


class ReponseForm(forms.Form):
    """The words of the answer."""

    reponse = forms.CharField(
        label=gettext_lazy("Réponse à la personne"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Dites ce qui est fait, ou pourquoi rien n'est fait. Elle la lit telle quelle."
        ),
        error_messages={"required": gettext_lazy("Écrivez la réponse.")},
    )


@require_safe
@droit(OBJET, "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List what awaits an answer, the oldest first."""
    fonction = fonction_of(request)
    with opened(fonction):
        found = lectures.waiting(fonction.organisme_id) if fonction.organisme_id else []
    rows = [
        (
            Lien(e.demande.numero_unique, reverse("ecrits:un", args=[e.pk])),
            str(GENRES[e.genre]),
            ecrire_date(lectures.last_day(e), "longue"),
        )
        for e in found
    ]
    heads = [Colonne(_("Demande")), Colonne(_("Écrit")), Colonne(_("Dernier jour"))]
    counted = ngettext("%(n)s écrit attend une réponse", "%(n)s écrits attendent une réponse", len(rows))
    plus = {"tableau": Tableau(heads, rows) if rows else None, "compte": counted % {"n": len(rows)}}
    return render(request, "espace/bureau/ecrits.html", plus)


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "U")
def un(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show a writing and answer it."""
    fonction, posted = fonction_of(request), request.method == "POST"
    form, done = ReponseForm(request.POST if posted else None), False
    with opened(fonction):
        found = lectures.one(fonction.organisme_id, identifiant) if fonction.organisme_id else None
        if found is not None and posted and form.is_valid():
            try:
                repondre(
                    acteur=request.user,
                    ecrit=found.pk,
                    reponse=form.cleaned_data["reponse"],
                    maintenant=maintenant(),
                    organisme=fonction.organisme_id or "",
                )
                done = True
            except InputError as error:
                hold(form, error)
    if found is None:
        refuser(request, OBJET, identifiant)
    if done:
        messages.success(request, _("La réponse est enregistrée : la personne la lit dans son espace."))
        return redirect("ecrits:liste")
    number = found.demande.numero_unique
    plus = {
        "ecrit": found,
        "genre": GENRES[found.genre],
        "limite": lectures.last_day(found),
        "form": form,
        "chemin": [Lien(_("Écrits"), reverse("ecrits:liste")), Lien(number, "")],
    }
    return render(request, "espace/bureau/ecrit.html", plus, status=422 if form.errors else 200)
