"""The request: read, correct, renew, waive; and what is first seen of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from palier.base.errors import PalierError
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.models.colonnes import ARGENT, SENSIBLE
from palier.web.apps.demandes.queries import fiche
from palier.web.apps.espace import droits
from palier.web.apps.espace.operations import actes
from palier.web.apps.espace.presentation import tableau as vue
from palier.web.apps.espace.presentation.candidatures import home_of, next_of, state_of
from palier.web.apps.espace.presentation.liens import context, url
from palier.web.apps.espace.presentation.points import months_since, place_of
from palier.web.apps.espace.presentation.refus import all_said
from palier.web.apps.espace.queries import ecrits, tableau
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.views.formulaires import CorrectionForm, RenoncerForm, hold
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.territoires.queries import communes_at, communes_of
from palier.web.components.dates import ecrire_date
from palier.web.components.explication import words_language
from palier.web.components.pieces import Colonne, Lien, Tableau
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre

_MOST = 30


def language() -> str:
    """Return the language of the words of the core."""
    return words_language(translation.get_language() or "fr")


@require_safe
@droits.dossier("ma_demande", "R")
def accueil(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show what happens next."""
    au, langue = aujourdhui(), language()
    found = tableau.read(dossier, au)
    plus: dict[str, Any] = {
        "tableau": found,
        "a_faire": vue.to_do(dossier, found, au, langue),
        "etapes": vue.stairs(dossier, found),
        "pieces": [(mots.fact(p.fait, langue), p) for p in found.pieces][:6],
        "candidatures": candidacies(dossier, found.suivis[:5]),
        "place": place_of(found.position, months_since(dossier.demande.date_depot_initial, au))
        if found.position is not None
        else None,
        "attendu": months_since(dossier.demande.date_depot_initial, au),
        "lectures": found.lectures,
        "langue_mots": langue,
    }
    return render(request, "espace/accueil.html", context(dossier, **plus))


def candidacies(dossier: Dossier, suivis: list[Any]) -> Tableau | None:
    """Return candidacies as a table."""
    if not suivis:
        return None
    rows = [
        (
            home_of(s),
            state_of(s),
            Lien(_("Lire et comprendre"), url(dossier, "candidature", identifiant=s.candidature.pk)),
            next_of(s),
        )
        for s in suivis
    ]
    heads = [Colonne(_("Logement")), Colonne(_("État")), Colonne(_("Pourquoi")), Colonne(_("Suite"))]
    return Tableau(heads, rows)


@require_safe
@droits.dossier("ma_demande", "R")
def demande(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show everything that is recorded; the adviser does not read class 4."""
    held, langue, own = dossier.demande, language(), dossier.mandat is None
    with perimetre(demandes=[held.pk], lecteur=own):
        amounts = fiche.amounts_of(held)
        closed = fiche.sensitive_of(held) if own else {}
        reached, written = ecrits.address_on_file(held.pk), ecrits.written(held.pk)
        if not own:
            _read_by_adviser(dossier, amounts)
    values = vars(held)
    codes = {*(held.localisations or []), held.logement_commune, held.commune_travail} - {None}
    names = _places(codes)
    blocks = [
        ("souhait", _("Ce que je demande"), mots.pairs(values, mots.SOUHAIT, langue, names), True),
        ("menage", _("Mon foyer"), mots.pairs(values, mots.MENAGE, langue, names), False),
        ("logement", _("Mon logement actuel"), mots.pairs(values, mots.LOGEMENT, langue, names), False),
        ("argent", _("Mes ressources et mon loyer"), mots.pairs(amounts, ARGENT, langue), False),
        ("priorite", _("Mes priorités"), mots.pairs(values, mots.PRIORITE, langue, names), False),
    ]
    if own:
        blocks.append(
            ("reserve", _("Ce que peu de personnes lisent"), mots.pairs(closed, SENSIBLE, langue), False)
        )
    plus = {"blocs": blocks, "coordonnees": reached, "ecrits": written, "langue_mots": langue}
    return render(request, "espace/demande.html", context(dossier, _("Ma demande en détail"), **plus))


def _read_by_adviser(dossier: Dossier, amounts: dict[str, Any]) -> None:
    inscrire(
        acteur=dossier.compte,
        verbe="demande.lire",
        objet_type="demande",
        objet_id=dossier.demande.pk,
        champs=[nom for nom, value in amounts.items() if value is not None][:_MOST],
    )


def _places(codes: set[str]) -> dict[str, str]:
    return {code: place.nom for code, place in communes_at(codes, aujourdhui()).items()} if codes else {}


def commune_choices(dossier: Dossier) -> list[tuple[str, str]]:
    """Return the communes that may be asked for: those of the territory, and those already asked."""
    codes = {*communes_of(dossier.demande.territoire, aujourdhui()), *(dossier.demande.localisations or [])}
    names = _places(codes)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1])


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=None)
def corriger(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Correct what is corrected on line; say the rest, which the desk checks."""
    with perimetre(demandes=[dossier.demande.pk]):
        reached = ecrits.address_on_file(dossier.demande.pk)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        demande=dossier.demande,
        joint=reached,
        communes=commune_choices(dossier),
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actes.corriger(dossier=dossier, valeurs=form.values(), maintenant=maintenant())
            if form.cleaned_data["situation"].strip():
                actes.ecrire(
                    dossier=dossier,
                    genre="correction",
                    texte=form.cleaned_data["situation"],
                    maintenant=maintenant(),
                )
                changed.append("situation")
        except PalierError as error:
            hold(form, error)
        else:
            messages.success(
                request,
                _("C'est enregistré. Vos points suivent la nuit prochaine.")
                if changed
                else _("Rien n'a changé."),
            )
            return redirect(url(dossier, "demande"))
    status = 422 if form.errors else 200
    return render(request, "espace/corriger.html", context(dossier, _("Corriger"), form=form), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=None)
def renouveler(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Renew the request."""
    problems: list[str] = []
    if request.method == "POST":
        try:
            held = actes.renouveler(dossier=dossier, le=aujourdhui(), maintenant=maintenant())
        except PalierError as error:
            problems = all_said(error)
        else:
            words = _("Votre demande est renouvelée jusqu'au %(jour)s.")
            messages.success(request, words % {"jour": ecrire_date(held.expire_le)})
            return redirect(url(dossier, "accueil"))
    plus = {"problemes": problems}
    status = 409 if problems else 200
    return render(request, "espace/renouveler.html", context(dossier, _("Renouveler"), **plus), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@droits.dossier("ma_demande", "U", portee=None)
def renoncer(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Waive the request, in writing."""
    form = RenoncerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actes.renoncer(dossier=dossier, le=aujourdhui(), maintenant=maintenant())
        except PalierError as error:
            hold(form, error)
        else:
            messages.success(request, _("Votre demande est close, comme vous l'avez écrit."))
            return redirect(url(dossier, "accueil"))
    status = 422 if form.errors else 200
    return render(request, "espace/renoncer.html", context(dossier, _("Renoncer"), form=form), status=status)
