"""The return file towards the national register: choose a period, take the file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from palier.base.errors import InputError
from palier.formats.retour import COLONNES
from palier.web.apps.attributions.operations.retour import Retour, faire_retour
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.views.outils import hold, perimeter
from palier.web.components.pieces import Colonne, Tableau
from palier.web.horloge import aujourdhui

OBJET = "retour"


class PeriodeForm(forms.Form):
    """Two days, both counted."""

    du = forms.DateField(
        label=gettext_lazy("Premier jour"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    au = forms.DateField(
        label=gettext_lazy("Dernier jour"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "R")
def retour(request: HttpRequest) -> HttpResponse:
    """Give the file of a period; by POST, for its making is written in the journal."""
    bound = perimeter(request, OBJET)
    owner = None if bound is None else Organisme.objects.filter(pk=bound).first()
    if owner is None:
        refuser(request, OBJET)
    today = aujourdhui()
    posted = request.method == "POST"
    form = PeriodeForm(request.POST if posted else None, initial=_last_month(today))
    made = _make(request, owner, form, today) if posted and form.is_valid() else None
    if made is not None:
        return HttpResponse(
            made.contenu,
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{made.nom}"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            },
        )
    context = {
        "form": form,
        "tableau": Tableau(
            [Colonne(_("Colonne")), Colonne(_("Contenu"))], [[name, what] for name, what in COLONNES.items()]
        ),
    }
    return render(request, "attributions/retour.html", context, status=422 if posted else 200)


def _last_month(today: dt.date) -> dict[str, Any]:
    end = today.replace(day=1) - dt.timedelta(days=1)
    return {"du": end.replace(day=1), "au": end}


def _make(request: HttpRequest, owner: Organisme, form: PeriodeForm, today: dt.date) -> Retour | None:
    try:
        return faire_retour(acteur=request.user, organisme=owner, aujourdhui=today, **form.cleaned_data)
    except InputError as error:
        hold(form, error)
        return None
