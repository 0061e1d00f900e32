"""What a landlord takes out of its allocations, as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from palier.formats.ecriture import to_text_cells
from palier.web.apps.attributions.queries import exports as lectures
from palier.web.apps.attributions.views.outils import mine, opened
from palier.web.apps.comptes.droits import droit
from palier.web.apps.journal.operations import inscrire
from palier.web.horloge import aujourdhui

_BOM = "\ufeff"
_YEAR = dt.timedelta(days=365)
_LONGEST = 366 * 3
LECTURES: dict[str, Callable[..., pl.DataFrame]] = {
    "vacances": lectures.vacancies,
    "candidatures": lectures.candidacies,
    "decisions": lectures.decisions,
}


def csv_answer(table: pl.DataFrame, nom: str) -> HttpResponse:
    """Return a table as a CSV file: UTF-8 with its mark, semicolons, no cell that a spreadsheet runs."""
    text = to_text_cells(table).write_csv(separator=";")
    answer = HttpResponse(_BOM + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{nom}"'
    answer["Cache-Control"] = "no-store"
    return answer


class PeriodeForm(forms.Form):
    """Two days."""

    du = forms.DateField(
        label=gettext_lazy("Du"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    au = forms.DateField(
        label=gettext_lazy("Au"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days that do not follow each other, or are too far."""
        found = super().clean() or {}
        du, au = found.get("du"), found.get("au")
        if du and au and not 0 <= (au - du).days <= _LONGEST:
            self.add_error("au", _("Donnez un dernier jour après le premier, trois ans plus tard au plus."))
        return found


@require_safe
@droit("export", "R")
def page(request: HttpRequest) -> HttpResponse:
    """Offer the three files of a period."""
    today = aujourdhui()
    given = request.GET or None
    start = {"du": today - _YEAR, "au": today}
    form = PeriodeForm(given, initial=start)
    period = form.cleaned_data if form.is_bound and form.is_valid() else None if form.is_bound else start
    words = {
        "vacances": _("Logements à attribuer, ouverts dans ces jours"),
        "candidatures": _("Candidats proposés dans ces jours, sans nom"),
        "decisions": _("Décisions des séances tenues dans ces jours"),
    }
    context = {
        "form": form,
        "fichiers": [(nom, words[nom]) for nom in LECTURES] if period else [],
        "du": period["du"].isoformat() if period else "",
        "au": period["au"].isoformat() if period else "",
    }
    return render(request, "attributions/exports.html", context, status=200 if period else 422)


@require_safe
@droit("export", "R")
def fichier(request: HttpRequest, nom: str) -> HttpResponse:
    """Give one file of a period, a year until today unless said."""
    read = LECTURES.get(nom)
    if read is None:
        raise Http404
    today = aujourdhui()
    form = PeriodeForm({"du": (today - _YEAR).isoformat(), "au": today.isoformat()} | request.GET.dict())
    if not form.is_valid():
        return render(request, "attributions/exports.html", {"form": form, "fichiers": []}, status=422)
    du, au = form.cleaned_data["du"], form.cleaned_data["au"]
    me = mine(request, "export")
    with opened(request):
        table = read(me, du, au)
        inscrire(acteur=request.user, verbe=f"export.{nom}", objet_type="export", objet_id=nom, organisme=me)
    return csv_answer(table, f"{nom}-{du.isoformat()}-{au.isoformat()}.csv")
