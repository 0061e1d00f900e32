"""Points line by line, position and wait, why they changed, and what if."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from palier.tables import colonne
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.queries.pieces import fileable_facts
from palier.web.apps.espace import droits
from palier.web.apps.espace.presentation.liens import context
from palier.web.apps.espace.presentation.points import before_after, months_since, place_of
from palier.web.apps.espace.queries import points
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.views.demande import commune_choices, language
from palier.web.components.explication import tree_of
from palier.web.horloge import aujourdhui
from palier.web.limites import limite


class EtSiForm(forms.Form):
    """What is supposed: another size, another commune, a paper."""

    taille = forms.ChoiceField(label=lazy("Je cherche un"), required=False)
    commune = forms.ChoiceField(label=lazy("Je cherche à"), required=False)
    fait = forms.ChoiceField(label=lazy("Une pièce prouve"), required=False)

    def __init__(self, *args: Any, dossier: Dossier, langue: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = ("", lazy("comme aujourd'hui"))
        sizes = [(code, mots.said("typologies", code, langue)) for code in colonne("typologies").codes]
        facts = [(code, mots.fact(code, langue)) for code in fileable_facts(lecteur=dossier.mandat is None)]
        self.fields["taille"].choices = [same, *sizes]  # type: ignore[attr-defined]
        self.fields["commune"].choices = [same, *commune_choices(dossier)]  # type: ignore[attr-defined]
        self.fields["fait"].choices = [same, *facts]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@droits.dossier("ma_demande", "R")
def mes_points(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show points; a POST supposes something else, and keeps nothing."""
    if request.method == "POST":
        return _suppose(request, dossier)
    return _page(request, dossier, EtSiForm(dossier=dossier, langue=language()))


@limite("simulation")
def _suppose(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    form = EtSiForm(request.POST, dossier=dossier, langue=language())
    return _page(request, dossier, form, 200 if form.is_valid() else 422)


def _page(request: HttpRequest, dossier: Dossier, form: EtSiForm, status: int = 200) -> HttpResponse:
    langue = language()
    found = points.read(dossier, langue)
    waited = months_since(dossier.demande.date_depot_initial, aujourdhui())
    table = None
    if form.is_bound and form.is_valid() and found.score is not None:
        table = before_after(points.what_if(dossier, found.score, form.cleaned_data))
    plus = {
        "points": found,
        "arbre": tree_of(found.expliquee.explication, langue) if found.expliquee else None,
        "places": [place_of(p, waited) for p in found.positions],
        "form": form,
        "et_si": table,
    }
    return render(request, "espace/points.html", context(dossier, _("Mes points"), **plus), status=status)


@require_safe
@droits.dossier("ma_demande", "R")
def changement(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show why the points changed."""
    langue = language()
    tree, before, after = points.difference(dossier, langue)
    plus = {"arbre": tree_of(tree, langue) if tree is not None else None, "avant": before, "apres": after}
    return render(request, "espace/changement.html", context(dossier, _("Ce qui a changé"), **plus))
