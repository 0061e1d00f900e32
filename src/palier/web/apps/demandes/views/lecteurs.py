"""Readers of class 4 of my organisme: who they are, since when; name one, end a naming."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.demandes.operations.suivi import nommer_lecteur, retirer_lecteur
from palier.web.apps.demandes.queries import lecteurs as lectures
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.views.outils import hold, perimeter
from palier.web.horloge import aujourdhui

OBJET = "lecteur"


class NominationForm(forms.Form):
    """A colleague to name."""

    personne = forms.ChoiceField(label=gettext_lazy("Personne qui lira les données les plus personnelles"))
    besoin = forms.BooleanField(
        label=gettext_lazy("Cette lecture est nécessaire à son travail, et je l'ai vérifié avec elle")
    )

    def __init__(self, *args: Any, personnes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["personne"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = personnes


def _owner(request: HttpRequest) -> Organisme:
    bound = perimeter(request, OBJET)
    if bound is None:
        refuser(request, OBJET)
    return Organisme.objects.get(pk=bound)


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "U")
def lecteurs(request: HttpRequest) -> HttpResponse:
    """Show the readers of my organisme, and name one."""
    owner, today = _owner(request), aujourdhui()
    others = lectures.candidates(owner, today)
    form = NominationForm(
        request.POST if request.method == "POST" else None,
        personnes=[(str(u.pk), u.nom or u.courriel) for u in others],
    )
    if request.method == "POST" and form.is_valid():
        wanted = next(u for u in others if str(u.pk) == form.cleaned_data["personne"])
        try:
            nommer_lecteur(acteur=request.user, utilisateur=wanted, organisme=owner, du=today)
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La personne est nommée ; chacune de ses lectures sera écrite."))
            return redirect("demandes:lecteurs")
    context = {
        "form": form,
        "lignes": lectures.readers_of(owner, today),
        "anciens": lectures.former_readers_of(owner, today),
        "personnes": others,
    }
    return render(request, "demandes/lecteurs.html", context, status=422 if form.is_bound else 200)


@require_POST
@droit(OBJET, "U")
def finir(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """End the naming of a reader."""
    owner, today = _owner(request), aujourdhui()
    found = next((r for r in lectures.readers_of(owner, today) if r.pk == identifiant), None)
    if found is None:
        refuser(request, OBJET, identifiant)
    retirer_lecteur(acteur=request.user, lecteur=found, au=today)
    messages.success(request, _("La nomination est finie ce soir."))
    return redirect("demandes:lecteurs")
