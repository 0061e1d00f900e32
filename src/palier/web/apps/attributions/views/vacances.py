"""Homes to allocate: the list, and one of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from palier.base.errors import InputError
from palier.base.mots import nombre
from palier.engines.commission import load_machine
from palier.web.apps.attributions import presentation as mots
from palier.web.apps.attributions.models import Vacance
from palier.web.apps.attributions.operations import vacances as operations
from palier.web.apps.attributions.queries import candidats, conventions, suite, visites
from palier.web.apps.attributions.queries import vacances as lectures
from palier.web.apps.attributions.queries.vacances import OUVERTES
from palier.web.apps.attributions.views import actes, actes_suites
from palier.web.apps.attributions.views.formulaires import CongeForm, ProgrammeForm
from palier.web.apps.attributions.views.outils import actor_of, mine, opened, vacancy
from palier.web.apps.comptes.droits import droit
from palier.web.apps.organismes.views.outils import hold, key_of
from palier.web.apps.parc.models import Logement
from palier.web.components.explication import words_language
from palier.web.components.pieces import Choix, GroupeChoix, Lien, Pages
from palier.web.horloge import aujourdhui, maintenant

_ACTES = actes.ACTES | actes_suites.ACTES


@require_safe
@droit("vacance", "U")
def liste(request: HttpRequest) -> HttpResponse:
    """List the homes of my landlord that wait to be let, the oldest first."""
    today, wanted, after = aujourdhui(), request.GET.get("etat", ""), key_of(request)
    states = load_machine("vacance").etats
    wanted = wanted if wanted in states else ""
    with opened(request):
        rows, more = lectures.vacancies_of(mine(request), wanted, after)
        total = lectures.count_of(mine(request), wanted)
    places = mots.places(rows, today)
    counted = ngettext("%(n)s logement", "%(n)s logements", total) % {"n": nombre(total)}
    asked = f"etat={wanted}" if wanted else ""
    following = f"{asked}&apres={rows[-1].pk}".lstrip("&") if more else ""
    choices = [Choix(code, etat.libelle, choisi=code == wanted) for code, etat in states.items()]
    context = {
        "lignes": [_line(v, places) for v in rows],
        "etats": GroupeChoix("etat", _("État"), [Choix("", _("À attribuer")), *choices], False),
        "choisis": 1 if wanted else 0,
        "compte": counted,
        "bouton": _("Filtrer"),
        "pages": Pages(counted, f"?{asked}" if after else "", f"?{following}" if following else ""),
    }
    return render(request, "attributions/bureau/vacances.html", context)


def _line(vacance: Any, places: dict[str, str]) -> dict[str, Any]:
    return {
        "nom": mots.home(vacance, places),
        "url": reverse("attributions:vacance", args=[vacance.pk]),
        "reference": vacance.logement.identifiant,
        "etat": mots.state("vacance", vacance.etat),
        "libre": vacance.bail_fin or vacance.livraison_le,
        "loyer_cent": None if vacance.loyer_cent is None else vacance.loyer_cent + vacance.charges_cent,
    }


@require_safe
@droit("vacance", "U")
def une(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a home to allocate: where it stands, what comes next and by whom, the acts that are open."""
    with opened(request):
        held = vacancy(request, pk)
        context = _page(request, held)
    return render(request, "attributions/bureau/vacance.html", context)


@require_POST
@droit("vacance", "U")
def agir(request: HttpRequest, pk: uuid.UUID, acte: str) -> HttpResponse:
    """Do an act on a home; what is wrong is said above its form, with what was written."""
    today = aujourdhui()
    if acte not in _ACTES:
        raise Http404
    with opened(request):
        held = vacancy(request, pk)
        covered = bool(conventions.covering(held, today))
        form = _form(acte, held, today, request.POST, covered)
        good = form.is_valid()
    if good:
        try:
            if acte in actes_suites.ACTES:
                actes_suites.act(acte, actor_of(request), form, today)
            else:
                actes.act(acte, actor_of(request), held, form, today)
        except InputError as error:
            hold(form, error)
        else:
            messages.success(request, str(_ACTES[acte].fait))
            return redirect("attributions:vacance", pk)
    with opened(request):
        context = _page(request, vacancy(request, pk), acte, form)
    return render(request, "attributions/bureau/vacance.html", context, status=422)


def _form(code: str, vacance: Vacance, au: dt.date, data: Any, couvert: bool) -> forms.Form:
    if code in actes_suites.ACTES:
        return actes_suites.form_of(code, vacance, data)
    return actes.form_of(code, vacance, au, data, couvert)


def _page(request: HttpRequest, vacance: Vacance, fautif: str = "", form: Any = None) -> dict[str, Any]:
    today, role = aujourdhui(), actor_of(request).role
    places = mots.places([vacance], today)
    suites = suite.nexts(vacance, role, today)
    covered = bool(conventions.covering(vacance, today))
    codes = [
        *actes_suites.open_acts(vacance, role),
        *actes.open_acts(vacance.etat, suites, covered, role, candidats.turn(vacance) is not None),
    ]
    if fautif and fautif not in codes:
        codes.insert(0, fautif)
    shown = [
        {
            "code": code,
            "acte": _ACTES[code],
            "form": form if code == fautif else _form(code, vacance, today, None, covered),
            "ouvert": code == fautif or (not fautif and place == 0 and bool(_ACTES[code].vers)),
            "url": reverse("attributions:agir", args=[vacance.pk, code]),
        }
        for place, code in enumerate(codes)
    ]
    orientation = (
        vacance.orientations.filter(en_cours=True).select_related("convention__reservataire").first()
    )
    return {
        "vacance": vacance,
        "nom": mots.home(vacance, places),
        "etat": mots.state("vacance", vacance.etat),
        "faits": mots.facts(vacance),
        "suites": [mots.following(s) for s in suites if s.vers != "retiree"],
        "actes": shown,
        "fautif": form,
        "orientation": orientation,
        "cherche": vacance.etat in OUVERTES
        and vacance.surface_m2 is not None
        and vacance.loyer_cent is not None,
        "candidats": candidats.rows_of(vacance, words_language(translation.get_language() or "fr")),
        "visites": visites.of_home(vacance),
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(mots.home(vacance, places), ""),
        ],
    }


@require_http_methods(["GET", "POST"])
@droit("vacance", "C")
def ouvrir(request: HttpRequest, genre: str) -> HttpResponse:
    """Open a home to allocate: on a notice, or for a programme let for the first time."""
    kinds: dict[str, type[CongeForm | ProgrammeForm]] = {"conge": CongeForm, "programme": ProgrammeForm}
    if genre not in kinds:
        raise Http404
    form = kinds[genre](request.POST or None, initial={"zone_tendue": True})
    if request.method == "POST" and form.is_valid():
        home = Logement.objects.filter(
            identifiant=form.cleaned_data["reference"].strip(), organisme_id=mine(request)
        ).first()
        if home is None:
            form.add_error("reference", _("Aucun logement de votre parc n'a cette référence. Vérifiez-la."))
        else:
            try:
                made = _open(request, genre, home, form.cleaned_data)
            except InputError as error:
                hold(form, error)
            else:
                messages.success(request, _("Le logement est ouvert à l'attribution."))
                return redirect("attributions:vacance", made.pk)
    context = {
        "form": form,
        "genre": genre,
        "chemin": [
            Lien(_("Logements à attribuer"), reverse("attributions:vacances")),
            Lien(_("Ouvrir"), ""),
        ],
    }
    return render(request, "attributions/bureau/ouvrir.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, genre: str, home: Logement, said: dict[str, Any]) -> Vacance:
    today = aujourdhui()
    who: dict[str, Any] = {
        "acteur": actor_of(request),
        "logement": home.pk,
        "territoire": lectures.territory_of(home.commune_code, today),
        "maintenant": maintenant(),
    }
    if genre == "conge":
        return operations.recevoir_conge(**who, conge_le=said["conge_le"], bail_fin=said["bail_fin"])
    description = actes.described(said, home.commune_code, today)
    return operations.ouvrir_programme(**who, livraison_le=said["livraison_le"], description=description)
