"""Requests that may be those of one household: the list, two side by side, and what a person decides."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models import Demande, EvenementDemande, Rapprochement
from palier.web.apps.demandes.operations import doublons as operations
from palier.web.apps.demandes.queries import doublons as lectures
from palier.web.apps.demandes.queries.acces import opened
from palier.web.apps.demandes.views.outils import page_language
from palier.web.apps.organismes.views.outils import fonction_of, hold, say
from palier.web.apps.territoires.queries import communes_at
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.horloge import aujourdhui, maintenant

OBJET = "doublon"
RAISONS = {
    "naissance_nom": gettext_lazy("Même date de naissance, noms proches"),
    "nom_date_proche": gettext_lazy("Même nom, dates de naissance proches"),
    "couple": gettext_lazy("Les deux dates de naissance d'un même couple"),
    "bail": gettext_lazy("Même bail chez le même bailleur"),
}
_COMPAREES = (
    "naissance", "conjoint_naissance", "situation_familiale", "nb_personnes", "nb_mineurs",
    "situation_professionnelle", "logement_mode", "logement_type", "logement_surface_m2", "logement_commune",
    "typologies", "localisations", "dalo",
)  # fmt: skip


class FusionForm(forms.Form):
    """Which request is kept, and the writing by which the person gives the other up."""

    gardee = forms.ChoiceField(label=gettext_lazy("Demande qui reste"), widget=forms.RadioSelect)
    preuve = forms.CharField(
        label=gettext_lazy("Référence de l'écrit"),
        help_text=gettext_lazy("Par lequel la personne renonce à la demande en double."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, paire: tuple[Demande, Demande], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["gardee"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(d.pk), d.numero_unique) for d in paire]


@require_safe
@droit(OBJET, "R")
def doublons(request: HttpRequest) -> HttpResponse:
    """List the pairs that nobody has judged."""
    fonction = fonction_of(request)
    with opened(fonction):
        pairs, total = lectures.suspects(fonction)
    counted = ngettext("%(n)s paire à regarder", "%(n)s paires à regarder", total) % {"n": nombre(total)}
    table = Tableau(
        [Colonne(_("Demandes")), Colonne(_("Pourquoi")), Colonne(_("Déposées le"))],
        [
            [
                Lien(
                    f"{p.premiere.numero_unique} · {p.seconde.numero_unique}",
                    reverse("demandes:paire", args=[p.premiere.pk, p.seconde.pk]),
                ),
                ", ".join(str(RAISONS[code]) for code in p.raisons),
                " · ".join(
                    mots.say("date_depot_initial", d.date_depot_initial, page_language(), {})
                    for d in (p.premiere, p.seconde)
                ),
            ]
            for p in pairs
        ],
        legende=counted,
    )
    context = {"tableau": table, "total": total, "reste": total - len(pairs), "chemin": _path()}
    return render(request, "demandes/doublons.html", context)


def _path(*suite: Lien) -> list[Lien]:
    here = Lien(_("Doublons possibles"), reverse("demandes:doublons") if suite else "")
    return [Lien(_("Demandes"), reverse("demandes:liste")), here, *suite]


@contextmanager
def _pair(
    request: HttpRequest, identifiant: uuid.UUID, autre: uuid.UUID
) -> Iterator[tuple[Demande, Demande]]:
    """Open the perimeter of two of my requests, or refuse."""
    fonction = fonction_of(request)
    with opened(fonction):
        held = Demande.objects.pour(fonction).in_bulk([identifiant, autre])
        if len(held) == 2:
            yield held[identifiant], held[autre]
            return
    refuser(request, OBJET, identifiant)


@require_http_methods(["GET", "HEAD", "POST"])
@droit(OBJET, "U")
def paire(request: HttpRequest, identifiant: uuid.UUID, autre: uuid.UUID) -> HttpResponse:
    """Show two requests on the same lines; join them."""
    posted = request.method == "POST"
    with _pair(request, identifiant, autre) as pair:
        form = FusionForm(request.POST if posted else None, paire=pair)
        if not (posted and form.is_valid() and _join(request, form, pair)):
            return _compare(request, pair, form)
    messages.success(request, _("Les deux demandes sont réunies ; cela peut se défaire."))
    return redirect("demandes:une", form.cleaned_data["gardee"])


def _join(request: HttpRequest, form: FusionForm, pair: tuple[Demande, Demande]) -> bool:
    kept, other = sorted(pair, key=lambda d: str(d.pk) != form.cleaned_data["gardee"])
    try:
        operations.fusionner(
            acteur=request.user, gardee=kept, autre=other, preuve=form.cleaned_data["preuve"],
            le=aujourdhui(), maintenant=maintenant(), raisons=lectures.reasons_of(*pair),
            organisme=fonction_of(request).organisme_id or "",
        )  # fmt: skip
    except InputError as error:
        hold(form, error)
        return False
    return True


def _compare(request: HttpRequest, pair: tuple[Demande, Demande], form: FusionForm) -> HttpResponse:
    langue = page_language()
    codes = {c for d in pair for c in [*(d.localisations or []), d.logement_commune] if c}
    places = {c: p.nom for c, p in communes_at(codes, aujourdhui()).items()}
    lines = [
        [_("Personne"), *(f"{d.prenom or ''} {d.nom or ''}".strip() or _("inconnue") for d in pair)],
        [_("Déposée le"), *(mots.say("date_depot_initial", d.date_depot_initial, langue, {}) for d in pair)],
        [_("État"), *(d.get_statut_display() for d in pair)],
    ]
    for name in _COMPAREES:
        told = [mots.pairs(vars(d), (name,), langue, places)[0] for d in pair]
        lines.append([told[0].nom, *(t.valeur for t in told)])
    lines += [
        [_("Pièces"), *(nombre(d.pieces.count()) for d in pair)],
        [_("Événements"), *(nombre(EvenementDemande.objects.filter(demande=d).count()) for d in pair)],
    ]
    context = {
        "paire": pair,
        "form": form,
        "raisons": [str(RAISONS[code]) for code in lectures.reasons_of(*pair)],
        "tableau": Tableau([Colonne(_("Ligne")), *(Colonne(d.numero_unique) for d in pair)], lines),
        "differentes": [line[0] for line in lines[3:-2] if line[1] != line[2]],
        "decisions": [r for r in lectures.decisions_on(pair[0]) if {r.gardee, r.autre} == set(pair)],
        "chemin": _path(Lien(_("Comparer"), "")),
    }
    return render(request, "demandes/paire.html", context, status=422 if form.is_bound else 200)


@require_POST
@droit(OBJET, "U")
def distinguer(request: HttpRequest, identifiant: uuid.UUID, autre: uuid.UUID) -> HttpResponse:
    """Write that the two requests are those of two households."""
    with _pair(request, identifiant, autre) as (first, second):
        try:
            operations.distinguer(
                acteur=request.user, gardee=first, autre=second, maintenant=maintenant(),
                raisons=lectures.reasons_of(first, second),
                organisme=fonction_of(request).organisme_id or "",
            )  # fmt: skip
        except InputError as error:
            say(request, error)
        else:
            messages.success(request, _("C'est écrit : cette paire ne sera plus proposée."))
    return redirect("demandes:doublons")


@require_POST
@droit(OBJET, "U")
def defaire(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Undo a decision on two requests."""
    fonction = fonction_of(request)
    with opened(fonction):
        found = lectures.decision(fonction, identifiant)
        if found is not None:
            _undo(request, found, fonction.organisme_id or "")
    if found is None:
        refuser(request, OBJET, identifiant)
    return redirect("demandes:paire", found.gardee_id, found.autre_id)


def _undo(request: HttpRequest, found: Rapprochement, organisme: object) -> None:
    try:
        operations.defaire(
            acteur=request.user, rapprochement=found, maintenant=maintenant(), organisme=organisme
        )
    except InputError as error:
        say(request, error)
    else:
        messages.success(request, _("C'est défait : chaque demande a retrouvé ce qu'elle avait."))
