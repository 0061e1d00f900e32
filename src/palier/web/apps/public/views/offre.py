"""The page of one offer, and the estimate of what would be left: nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from palier import law
from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries import fiche as fiches
from palier.web.apps.offres.queries.contexte import parametres
from palier.web.apps.offres.queries.photos import shown
from palier.web.apps.offres.rules import check_publicite, load_loi
from palier.web.apps.public.presentation import (
    acces,
    argent,
    attribution,
    cartes,
    chances,
    dates,
    effort,
    energie,
    fiche,
    jsonld,
    retrait,
)
from palier.web.apps.public.presentation.bilan import won_words
from palier.web.apps.public.presentation.recherche import link
from palier.web.apps.public.queries.bilans import points_won
from palier.web.apps.public.queries.semblables import filters_like, similar_to
from palier.web.apps.public.queries.statistiques import figure_of
from palier.web.apps.public.views.reponses import JOUR, absolute, cached, page
from palier.web.apps.territoires.queries import epci_at, epci_named
from palier.web.components.liens import adresse
from palier.web.components.textes import enumerer
from palier.web.horloge import aujourdhui

_GONE = 410


def _find(identifiant: uuid.UUID) -> fiches.Fiche:
    found = fiches.read(identifiant, parametres())
    if found is None:
        raise Http404
    return found


@csrf_exempt  # the form writes nothing: a forged one gains nothing, and no cookie is needed
@require_http_methods(["GET", "HEAD", "POST"])
@droit("offre_publiee", "R")
def offre(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show an offer, on line or withdrawn; POST adds the estimate of effort."""
    found = _find(identifiant)
    au, langue = aujourdhui(), get_language() or "fr"
    context = _shared(found, au, langue)
    if not found.en_ligne:
        return page(request, "public/offre_retiree.html", context | _gone(found, au), statut=_GONE)
    context |= _live(found, au, langue)
    status = 200
    if found.carte["nature"] == "location":
        form = effort.EffortForm(request.POST if request.method == "POST" else None)
        context |= {"form": form}
        if form.is_bound:
            status = 200 if form.is_valid() else 422
            given = form.cleaned_data
            if status == 200:
                context["effort"] = effort.answer(found.donnees, given["ressources"], given["aide"], langue)
            answer = page(request, "public/offre.html", context, statut=status)
            answer["Cache-Control"] = "no-store"
            return answer
    answer = page(request, "public/offre.html", context)
    answer["Link"] = f'<{_url(found)}.jsonld>; rel="describedby"; type="application/ld+json"'
    return answer


@require_safe
@droit("offre_publiee", "R")
def liee(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Give the same offer as linked data (schema.org)."""
    found = _find(identifiant)
    text = jsonld.dumps(_linked(found))
    response = HttpResponse(text, content_type="application/ld+json", status=200 if found.en_ligne else _GONE)
    return cached(request, response, secondes=JOUR // 24) if found.en_ligne else response


def _url(found: fiches.Fiche) -> str:
    return absolute(f"/offres/{found.id}")


def _linked(found: fiches.Fiche) -> dict[str, Any]:
    card = found.carte | {"publiee_le": found.publiee_le.isoformat() if found.publiee_le else ""}
    motif = "" if found.en_ligne else found.motif_retrait or "expiree"
    return {"@context": jsonld.CONTEXTE, **jsonld.listing(card, _url(found), motif=motif)}


def _shared(found: fiches.Fiche, au: dt.date, langue: str) -> dict[str, Any]:
    """Return what the page says in any state."""
    price = argent.price_words(found.donnees, langue)
    head = fiche.head(found, au, langue)
    return {
        "offre": found,
        "d": found.donnees,
        **head,
        "nature": found.carte["nature"],
        "chemin": fiche.path_of(found),
        "resume": fiche.summary(found, price),
        "canonique": absolute(adresse(f"/offres/{found.id}")),
        "jsonld": jsonld.dumps(_linked(found)),
        "jsonld_url": f"/offres/{found.id}.jsonld",
    }


def _gone(found: fiches.Fiche, au: dt.date) -> dict[str, Any]:
    why, next_step = retrait.reason_of(found)
    like = filters_like(found.carte)
    return {
        "pourquoi": why,
        "suite": next_step,
        "vue": retrait.last_seen(found),
        "offres": cartes.drawn(similar_to(found.carte), au, niveau=3),
        "lien_liste": link(fiche.list_path(found.carte["nature"]), like, nature="louer"),
        "lien_alerte": link("/alertes", like),
    }


def _live(found: fiches.Fiche, au: dt.date, langue: str) -> dict[str, Any]:
    """Return what the page of an offer on line says more."""
    d = found.donnees
    loi = law.load().at(au, non_verifie=True)
    annonces = load_loi(loi)
    access, unknown = acces.access_of(d, langue)
    context: dict[str, Any] = {
        "argent": argent.money_of(d, langue),
        "candidature": attribution.apply_to(d, au),
        "attribution": attribution.giving_of(d, loi, annonces),
        "energie": energie.energy_of(d, annonces),
        "acces": access,
        "inconnus": enumerer(name[:1].lower() + name[1:] for name in unknown),
        "equipements": acces.equipment_of(d, langue),
        "marques": cartes.marks_of(found.carte, found.publiee_le, au) if found.publiee_le else [],
        "photos": shown(found.photos),
        "publiee": dates.full(dates.in_paris(found.publiee_le)) if found.publiee_le else "",
    }
    if found.carte["nature"] == "location":
        epci = epci_at(found.carte["commune_code"], au)
        figure = figure_of(epci, d.get("typologie") or "")
        context["gagnants"] = won_words(points_won(epci, d.get("typologie") or ""), langue)
        context["chances"] = chances.chances_of(figure, epci_named(epci) or _("ce territoire"), langue)
    elif found.carte["nature"] == "local_activite":
        context["local"] = acces.premises_of(d, langue)
    else:
        context["copropriete"] = attribution.condominium_of(d, langue)
    if found.carte["nature"] == "vente_hlm" and not d.get("occupe"):
        media = {
            medium: dates.parse(d.get(field))
            for medium, field in (
                ("site", "publication_site_date"),
                ("immeuble", "publication_hall_date"),
                ("journal", "publication_journal_date"),
            )
        }
        proof = check_publicite(media, annonces, type_bien=d.get("type_bien"))
        context["publicite"] = attribution.publicity_of(d, annonces, proof)
        context["publicite_fin"] = dates.named(proof.offres_jusqu_au) if proof.offres_jusqu_au else ""
    return context
