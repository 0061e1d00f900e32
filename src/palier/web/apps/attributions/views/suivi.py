"""What became of the candidates of a réservataire, on a page and as CSV; its delegated management."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre
from palier.engines.commission import load_machine
from palier.web.apps.attributions import presentation as lieux
from palier.web.apps.attributions.models import Delegation
from palier.web.apps.attributions.operations import delegations
from palier.web.apps.attributions.queries import delegations as lectures_delegations
from palier.web.apps.attributions.queries import exports
from palier.web.apps.attributions.queries import reservataire as lectures
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.attributions.views.exports import csv_answer
from palier.web.apps.attributions.views.outils import mine, opened
from palier.web.apps.attributions.views.reservataire import candidate
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes.views.outils import fonction_of, hold, key_of, say
from palier.web.components.pieces import Choix, GroupeChoix, Lien, Pages
from palier.web.horloge import aujourdhui, maintenant


@require_safe
@droit("orientation", "R")
def suivi(request: HttpRequest) -> HttpResponse:
    """List what became of each candidate that my organisme proposed, the last first."""
    today, states = aujourdhui(), load_machine("candidature").etats
    wanted = request.GET.get("etat", "")
    wanted = wanted if wanted in states else ""
    after = key_of(request)
    with opened(request):
        rows, more, total = lectures.page(mine(request, "orientation"), wanted, after)
        decided = lectures.decisions(rows)
    places = lieux.places([c.vacance for c in rows], today)
    asked = {"etat": wanted} if wanted else {}
    following = urlencode({**asked, "apres": str(rows[-1].pk)}) if more else ""
    counted = ngettext("%(n)s candidat", "%(n)s candidats", total) % {"n": nombre(total)}
    choices = [Choix(code, etat.libelle, choisi=code == wanted) for code, etat in states.items()]
    context = {
        "chemin": [
            Lien(_("Logements orientés"), reverse("attributions:orientes")),
            Lien(_("Vos candidats"), ""),
        ],
        "lignes": [candidate(c, decided.get(c.pk)) | {"nom": lieux.home(c.vacance, places)} for c in rows],
        "compte": counted,
        "choisis": len(asked),
        "etats": GroupeChoix("etat", _("État"), [Choix("", _("Tous")), *choices], False),
        "bouton": _("Filtrer"),
        "pages": Pages(
            counted, f"?{urlencode(asked)}" if after else "", f"?{following}" if following else ""
        ),
    }
    return render(request, "attributions/reservataire/suivi.html", context)


@require_safe
@droit("orientation", "R")
def suivi_csv(request: HttpRequest) -> HttpResponse:
    """Give the candidates of my organisme as CSV: nothing of class 3 or 4, no cell that a sheet runs."""
    me, fonction = mine(request, "orientation"), fonction_of(request)
    named = scope(fonction.role, "identite", "R") is not None
    with opened(request):
        table = exports.proposed_by(me, named)
        inscrire(
            acteur=request.user, verbe="candidature.exporter", objet_type="candidature", objet_id=me,
            organisme=me,
        )  # fmt: skip
    return csv_answer(table, f"candidats-{aujourdhui().isoformat()}.csv")


class DelegationForm(forms.Form):
    """A convention, and the days in which the landlord proposes."""

    convention = forms.ChoiceField(label=gettext_lazy("Convention"))
    du = forms.DateField(
        label=gettext_lazy("Premier jour"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    au = forms.DateField(
        label=gettext_lazy("Dernier jour"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


def _chief(request: HttpRequest) -> Acteur:
    """Return the responsible of a réservataire: delegating is hers alone."""
    fonction = fonction_of(request)
    return Acteur(request.user, fonction.role, (mine(request, "delegation"),))


@require_http_methods(["GET", "HEAD", "POST"])
@droit("delegation", "R")
def delegues(request: HttpRequest) -> HttpResponse:
    """List the delegations of my organisme, and give one."""
    me, today = mine(request, "delegation"), aujourdhui()
    gives = scope(fonction_of(request).role, "delegation", "C") is not None
    if request.method == "POST" and not gives:
        refuser(request, "delegation")
    rights = lectures_delegations.conventions(me, today)
    form = DelegationForm(request.POST or None, initial={"du": today})
    field: Any = form.fields["convention"]
    field.choices = [(str(c.pk), f"{c.bailleur.nom}, {c.reference}") for c in rights]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            delegations.deleguer(
                acteur=_chief(request), convention=uuid.UUID(given["convention"]), du=given["du"],
                au=given["au"], aujourdhui=today, maintenant=maintenant(),
            )  # fmt: skip
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, _("La gestion est déléguée : le bailleur propose en votre nom."))
            return redirect("attributions:delegations")
    rows = [_row(d, today) for d in lectures_delegations.of_reservataire(me)]
    context = {
        "chemin": [
            Lien(_("Logements orientés"), reverse("attributions:orientes")),
            Lien(_("Gestion déléguée"), ""),
        ],
        "lignes": rows,
        "form": form if gives and rights else None,
        "donne": gives,
        "bouton": _("Déléguer"),
    }
    return render(
        request, "attributions/reservataire/delegations.html", context, status=422 if form.is_bound else 200
    )


def _row(delegation: Delegation, today: dt.date) -> dict[str, Any]:
    return {
        "d": delegation,
        "convention": f"{delegation.convention.bailleur.nom}, {delegation.convention.reference}",
        "finie": delegation.au < today,
    }


@require_POST
@droit("delegation", "U")
def finir(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take a delegation back: today is its last day."""
    try:
        delegations.finir(acteur=_chief(request), delegation=pk, aujourdhui=aujourdhui())
    except Delegation.DoesNotExist as error:
        raise Http404 from error
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("La délégation est finie."))
    return redirect("attributions:delegations")
