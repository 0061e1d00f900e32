"""The simulator: six questions, an answer; nothing is stored, nothing is logged, no value in an address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from palier import law
from palier.law import LoiAu
from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.presentation import dates
from palier.web.apps.public.presentation import simulation as mots
from palier.web.apps.public.presentation.grilles import page_url
from palier.web.apps.public.presentation.simulation_form import SimulationForm
from palier.web.apps.public.queries.chiffres import TAILLES
from palier.web.apps.public.queries.lieux import resolve_commune
from palier.web.apps.public.queries.simulation import Territoire, count_offers, queue_of, territory_of
from palier.web.apps.public.rules import grilles
from palier.web.apps.public.rules import simulation as rules
from palier.web.apps.public.views.reponses import absolute, page
from palier.web.components.explication import words_language
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien
from palier.web.horloge import aujourdhui
from palier.web.limites import too_many

_INVALID = 422


@dataclass(frozen=True)
class Resultat:
    """One simulation: who, where, which rights, which points."""

    reponses: rules.Reponses
    territoire: Territoire
    eligibilite: rules.Eligibilite
    note: rules.Note | None

    def place(self, taille: str) -> rules.Place | None:
        """Return the place among the published requests of a size."""
        file = queue_of(self.territoire.chiffres, self.reponses.commune, taille)
        if file is None or self.note is None:
            return None
        segments = [
            {"systeme": s.systeme, "classe": s.classe, "n": s.n, "classes": s.classes} for s in file.segments
        ]
        return rules.place(segments, self.note)

    def bilan(self) -> mots.Bilan:
        """Return what it comes to, for the first size asked."""
        size = self.reponses.tailles[0]
        file = queue_of(self.territoire.chiffres, self.reponses.commune, size)
        point = (
            file.attente.estimee.at(mots.DEUX_ANS) if file and file.attente and file.attente.estimee else None
        )
        return mots.Bilan(
            self.note.total if self.note else None,
            self.place(size),
            point.loge if point else None,
            self.eligibilite.plus_social,
        )


def simulate(reponses: rules.Reponses, loi: LoiAu, au: dt.date, langue: str) -> Resultat:
    """Run one simulation."""
    found = territory_of(reponses.commune, au)
    note = None
    if found.version is not None:
        rule = grilles.rule_of(found.texte, f"{found.version.identifiant}.yaml", au)
        note = rules.score(reponses, rule, loi, words_language(langue))
    return Resultat(reponses, found, rules.eligibility(reponses, loi), note)


@csrf_exempt  # nothing is written: a forged post gains nothing, and no cookie is needed
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@droit("chiffre", "R")
def simuler(request: HttpRequest) -> HttpResponse:
    """Ask six questions; POST answers them on the page, and forgets them."""
    refused = too_many(request, "simulation") if request.method == "POST" else None
    if refused is not None:
        return refused
    form = SimulationForm(request.POST if request.method == "POST" else None, annee=aujourdhui().year)
    context: dict[str, Any] = {
        "form": form,
        "titre": _("Simuler ma demande"),
        "chemin": [Lien(_("Accueil"), adresse("/")), Lien(_("Simuler"), "")],
        "canonique": absolute(adresse("/simuler")),
    }
    if not form.is_bound:
        return page(request, "public/simuler.html", context)
    status = 200
    if form.is_valid():
        context |= _answer(request, form)
    else:
        status = _INVALID
    answer = page(request, "public/simuler.html", context, statut=status)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _answer(request: HttpRequest, form: SimulationForm) -> dict[str, Any]:
    au, langue = aujourdhui(), get_language() or "fr"
    loi = law.load().at(au, non_verifie=True)
    now = simulate(form.reponses(), loi, au, langue)
    found, answers = now.territoire, now.reponses
    lieu = form.trouve.libelle if form.trouve else ""
    filtres = mots.offers_that_fit(answers, now.eligibilite)
    droits = mots.rights(now.eligibilite, loi, langue)
    return {
        "resultat": True,
        "titre": droits.titre,
        "lieu": lieu,
        "territoire": found,
        "droits": droits,
        "note": now.note,
        "arbre": mots.points(now.note, langue) if now.note else None,
        "inconnues": mots.unknown_words(now.note, langue) if now.note else "",
        "grille_url": page_url(found.code) if found.version else "",
        "places": _places(now, langue),
        "offres": count_offers(filtres),
        "offres_url": mots.offers_link(filtres),
        "alertes_url": mots.alert_link(filtres),
        "classes_avant": bool(now.note and now.note.classes > 1),
        "caches": form.caches(),
        "et_si": _what_if(request, now, loi, au, langue),
        "jour": dates.full(au),
    }


def _places(now: Resultat, langue: str) -> list[mots.PlaceTaille]:
    figures = now.territoire.chiffres
    if figures is None:
        return []
    day = dates.full(figures.au)
    return [
        mots.place_of(
            size,
            queue_of(figures, now.reponses.commune, size),
            now.place(size),
            now.territoire.nom,
            day,
            langue,
        )
        for size in now.reponses.tailles
    ]


def _what_if(request: HttpRequest, now: Resultat, loi: LoiAu, au: dt.date, langue: str) -> dict[str, Any]:
    """Return the panel « what if »: one change at a time, today and then side by side."""
    chosen = request.POST.get("hypothese", "")
    size = request.POST.get("hypothese_taille", "")
    typed = request.POST.get("hypothese_lieu", "").strip()[:80]
    context: dict[str, Any] = {
        "hypotheses": mots.hypotheses(now.reponses, chosen),
        "tailles": mots.sizes(now.reponses, TAILLES, size),
        "lieu": typed,
        "erreur": "",
        "tableau": None,
    }
    supposed = now.reponses
    if chosen in rules.HYPOTHESES:
        supposed = rules.suppose(supposed, chosen)
    if size in TAILLES:
        supposed = rules.suppose(supposed, "taille", size)
    if typed:
        place = resolve_commune(typed)
        if place is None:
            context["erreur"] = _("Nous ne connaissons pas cette commune. Essayez le code postal.")
        else:
            supposed = rules.suppose(supposed, "commune", place.code)
    if supposed != now.reponses:
        then = simulate(supposed, loi, au, langue)
        context["tableau"] = mots.comparison(now.bilan(), then.bilan(), langue)
    return context
