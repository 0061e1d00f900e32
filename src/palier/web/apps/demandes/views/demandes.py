"""Requests of my organisme: the list, and one of them; every reading of an amount leaves a line."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from palier.base.mots import nombre
from palier.tables import colonne
from palier.web.apps.comptes.droits import droit, refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.bureau import Section, doors, sections
from palier.web.apps.demandes.models import VIVANTES, Coordonnees, Demande, Rapprochement, Statut
from palier.web.apps.demandes.models.colonnes import ARGENT, SENSIBLE
from palier.web.apps.demandes.queries import fiche
from palier.web.apps.demandes.queries import liste as lectures
from palier.web.apps.demandes.queries.acces import is_reader, opened
from palier.web.apps.demandes.queries.doublons import decisions_on
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.apps.organismes.views.outils import fonction_of, key_of
from palier.web.apps.territoires.queries import communes_at
from palier.web.components.explication import words_language
from palier.web.components.pieces import ChampLibre, Choix, GroupeChoix, Lien, Pages
from palier.web.horloge import aujourdhui

_MOST = 30


def _filters(request: HttpRequest) -> lectures.Filtres:
    """Read the filters; what cannot be read filters nothing."""
    get = request.GET
    persons = get.get("personnes", "")
    size = get.get("taille", "")
    return lectures.Filtres(
        numero=get.get("numero", "").strip().upper()[:18],
        etat=get.get("etat", "") if get.get("etat", "") in Statut.values else "",
        typologie=size if size in colonne("typologies").codes else "",
        personnes=int(persons) if persons.isascii() and persons.isdigit() and len(persons) < 3 else None,
        commune=get.get("commune", "").strip()[:5],
    )


def _asked(filtres: lectures.Filtres) -> dict[str, str]:
    """Return the filters as they stand in the address."""
    said = {
        "numero": filtres.numero,
        "etat": filtres.etat,
        "taille": filtres.typologie,
        "personnes": "" if filtres.personnes is None else str(filtres.personnes),
        "commune": filtres.commune,
    }
    return {nom: value for nom, value in said.items() if value}


def _form(filtres: lectures.Filtres, langue: str) -> dict[str, Any]:
    """Return the fields of the filters."""
    sizes = [
        Choix(code, mots.said("typologies", code, langue), choisi=code == filtres.typologie)
        for code in colonne("typologies").codes
    ]
    states = [Choix(code, str(text), choisi=code == filtres.etat) for code, text in Statut.choices]
    asked = _asked(filtres)
    return {
        "numero": ChampLibre("numero", _("Numéro unique"), filtres.numero, mode="text"),
        "personnes": ChampLibre("personnes", _("Personnes à loger"), asked.get("personnes", "")),
        "commune": ChampLibre("commune", _("Commune demandée (code INSEE)"), filtres.commune, mode="text"),
        "taille": GroupeChoix("taille", _("Taille voulue"), [Choix("", _("Toutes")), *sizes], False),
        "etat": GroupeChoix("etat", _("État"), [Choix("", _("Vivantes")), *states], False),
    }


@require_safe
@droit("demande", "R")
def liste(request: HttpRequest) -> HttpResponse:
    """List the requests that my organisme manages, the oldest first."""
    fonction, filtres, after = fonction_of(request), _filters(request), key_of(request)
    langue = words_language(translation.get_language() or "fr")
    with opened(fonction):
        page = lectures.requests_of(fonction, filtres, after)
        total = lectures.count_of(fonction, filtres)
    asked = _asked(filtres)
    following = urlencode({**asked, "apres": str(page.demandes[-1].pk)}) if page.suite else ""
    names = _places({code for d in page.demandes for code in d.localisations or []})
    counted = ngettext("%(n)s demande", "%(n)s demandes", total) % {"n": nombre(total)}
    context = {
        "lignes": [_line(d, langue, names) for d in page.demandes],
        "identite": scope(fonction.role, "identite", "R") is not None,
        "formulaire": _form(filtres, langue),
        "choisis": len(asked),
        "bouton": _("Filtrer"),
        "compte": counted,
        "actions": doors(fonction.role),
        "pages": Pages(
            counted, f"?{urlencode(asked)}" if after else "", f"?{following}" if following else ""
        ),
    }
    return render(request, "demandes/liste.html", context)


def _line(demande: Demande, langue: str, lieux: dict[str, str]) -> dict[str, Any]:
    values = vars(demande)
    return {
        "demande": demande,
        "taille": mots.say("typologies", demande.typologies, langue, lieux),
        "communes": mots.say("localisations", demande.localisations, langue, lieux),
        "personnes": mots.say("nb_personnes", values["nb_personnes"], langue, lieux),
    }


def _places(codes: set[str]) -> dict[str, str]:
    return {code: place.nom for code, place in communes_at(codes, aujourdhui()).items()} if codes else {}


@require_safe
@droit("demande", "R")
def une(request: HttpRequest, identifiant: uuid.UUID) -> HttpResponse:
    """Show a request: what is asked, the papers, what the apps above add; the reading is written down."""
    fonction, today = fonction_of(request), aujourdhui()
    langue = words_language(translation.get_language() or "fr")
    reader = is_reader(request.user, fonction, today)
    parts: list[Section] = []
    decided: list[Rapprochement] = []
    joint, reaches = None, scope(fonction.role, "coordonnees", "R") is not None
    with opened(fonction, lecteur=reader):
        found = fiche.one(fonction, identifiant, lecteur=reader)
        if found is not None:
            decided = decisions_on(found.demande)
            joint = Coordonnees.objects.filter(pk=found.demande.pk).first() if reaches else None
            parts = sections(fonction, found.demande, reader, langue)
            _write_down(request, fonction, found, parts)
    if found is None:
        refuser(request, "demande", identifiant)
    context = _context(fonction, found, parts, langue, decided) | {"joint": joint, "joindre": reaches}
    return render(request, "demandes/une.html", context)


def _write_down(
    request: HttpRequest, fonction: FonctionActive, found: fiche.Fiche, parts: list[Section]
) -> None:
    """Leave a line of journal: which sensitive fields were read, never what they hold."""
    read = [nom for nom, value in found.argent.items() if value is not None]
    read += [nom for nom in SENSIBLE if found.sensible and found.sensible.get(nom) is not None]
    read += [nom for part in parts for nom in part.champs if nom not in read]
    inscrire(
        acteur=request.user,
        verbe="demande.lire" if found.sensible is None else "demande.lire_sensible",
        objet_type="demande",
        objet_id=found.demande.pk,
        organisme=fonction.organisme_id,
        champs=read[:_MOST],
    )


def _context(
    fonction: FonctionActive,
    found: fiche.Fiche,
    parts: list[Section],
    langue: str,
    decisions: list[Rapprochement],
) -> dict[str, Any]:
    demande = found.demande
    values = vars(demande)
    codes = {*(demande.localisations or []), demande.logement_commune, demande.commune_travail} - {None}
    lieux = _places(codes)

    def told(names: tuple[str, ...], source: dict[str, Any] = values) -> list[mots.Paire]:
        return mots.pairs(source, names, langue, lieux)

    blocks = [
        ("menage", _("Le ménage"), told(mots.MENAGE)),
        ("souhait", _("Ce qui est demandé"), told(mots.SOUHAIT)),
        ("logement", _("Le logement actuel"), told(mots.LOGEMENT)),
        ("priorite", _("Priorités reconnues"), told(mots.PRIORITE)),
    ]
    return {
        "demande": demande,
        "chemin": [Lien(_("Demandes"), reverse("demandes:liste")), Lien(demande.numero_unique, "")],
        "identite": scope(fonction.role, "identite", "R") is not None,
        "naissance": told(("naissance",))[0].valeur,
        "blocs": blocks,
        "argent": told(ARGENT, found.argent),
        "sensible": told(SENSIBLE, found.sensible) if found.sensible is not None else None,
        "pieces": [(mots.fact(p.fait, langue), p) for p in found.pieces],
        "pieces_tues": found.pieces_tues,
        "sections": parts,
        "vivante": demande.statut in VIVANTES,
        "decisions": decisions,
        "langue_mots": langue,
    }
