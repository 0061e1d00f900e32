"""The map of offers, drawn without a script: outlines, marks that are links, buttons that are links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.presentation.cartes import place_of, price_of, title_of
from palier.web.apps.public.presentation.recherche import link
from palier.web.apps.public.queries.carte import Fond, Groupe
from palier.web.apps.public.rules import cadre
from palier.web.apps.public.rules.cadre import Boite
from palier.web.apps.territoires.queries import Trace
from palier.web.components.dessin.carte import Cadre, Contour, Repere
from palier.web.components.ecriture import ecrire_montant, ecrire_nombre
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien, PanneauCarte
from palier.web.components.textes import enumerer

CARTE = "/carte"
_CLOSER, _STEP = 0.5, 0.5
_MOST_NAMES = 60


def panel(
    *,
    filtres: Filtres,
    boite: Boite,
    groupes: list[Groupe],
    fond: Fond,
    fiches: dict[str, dict[str, Any]],
    communes: dict[str, str],
    liste: str,
    nom: str,
    langue: str,
) -> PanneauCarte:
    """Return the map of some offers.

    Parameters
    ----------
    filtres : Filtres
        What is asked, with its box if the reader has moved the map.
    boite : Boite
        What is seen.
    groupes, fond : list of Groupe, Fond
        Offers by squares, outlines.
    fiches : dict
        Cards of the offers that stand alone, by id.
    communes : dict of str to str
        Names of communes by code.
    liste : str
        Path of the list that says the same.
    nom : str
        What the map shows, with its result.
    langue : str
        Language of the page.
    """
    query = replace(filtres, boite=None).query()
    return PanneauCarte(
        nom=nom,
        cadre=Cadre(*boite),
        contours=[_outline(trace, named=not cadre.has_no_names(boite)) for trace in fond.traces],
        reperes=[_mark(g, boite, filtres, fiches, communes, liste, langue) for g in groupes],
        boutons=buttons(filtres, boite),
        points=f"/carte/points.geojson?{query}" if query else "/carte/points.geojson",
        lignes=fond.fichier,
        fond=ground_address(),
    )


def ground_address() -> str:
    """Return where the interactive map takes its background; empty without one."""
    ground = settings.ENVIRONNEMENT.fond
    return (ground.adresse or "/carte/fond.pmtiles") if ground else ""


def _outline(trace: Trace, *, named: bool) -> Contour:
    return Contour(trace.nom, trace.anneaux, trace.point if named else None)


def _mark(
    groupe: Groupe,
    boite: Boite,
    filtres: Filtres,
    fiches: dict[str, dict[str, Any]],
    communes: dict[str, str],
    liste: str,
    langue: str,
) -> Repere:
    lon, lat = cadre.held(groupe.point, boite, cadre.cells(boite))
    card = fiches.get(groupe.offre) if groupe.nombre == 1 else None
    if card is not None:
        price = price_of(card)[0]
        words = [title_of(card), place_of(card), "" if price is None else ecrire_montant(price, langue)]
        return Repere(lon, lat, 1, enumerer(w for w in words if w), adresse(f"/offres/{groupe.offre}"))
    return Repere(
        lon, lat, groupe.nombre, group_name(groupe, communes, langue), _closer(groupe, filtres, liste)
    )


def group_name(groupe: Groupe, communes: dict[str, str], langue: str) -> str:
    """Return « 12 offres à Orlemont »."""
    n = ecrire_nombre(groupe.nombre, langue)
    place = communes.get(groupe.commune)
    if place:
        words = ngettext("%(n)s offre, %(lieu)s", "%(n)s offres, %(lieu)s", groupe.nombre)
        return words % {"n": n, "lieu": place}
    return ngettext("%(n)s offre", "%(n)s offres", groupe.nombre) % {"n": n}


def _closer(groupe: Groupe, filtres: Filtres, liste: str) -> str:
    """Return the map closer to a group; its list, when no closer map would part it."""
    if not cadre.is_one_place(groupe.boite):
        return link(CARTE, filtres, boite=cadre.fit(groupe.boite))
    return link(liste, replace(filtres, nature="louer"), boite=cadre.widen(groupe.boite))


def buttons(filtres: Filtres, boite: Boite) -> list[Lien]:
    """Return closer, farther, back to the start."""

    def at(box: Boite | None) -> str:
        return link(CARTE, filtres, boite=box)

    return [
        Lien(_("Voir de plus près"), at(cadre.zoom(boite, _CLOSER)), "plus"),
        Lien(_("Voir de plus loin"), at(cadre.zoom(boite, 1 / _CLOSER)), "minus"),
        Lien(_("Revenir au début"), at(None), "crosshair"),
    ]


def moves(filtres: Filtres, boite: Boite) -> list[Lien]:
    """Return the four moves."""
    ways = (
        (_("Vers l'ouest"), -_STEP, 0.0, "arrow-left"),
        (_("Vers le nord"), 0.0, _STEP, "arrow-up"),
        (_("Vers le sud"), 0.0, -_STEP, "arrow-down"),
        (_("Vers l'est"), _STEP, 0.0, "arrow-right"),
    )
    return [
        Lien(word, link(CARTE, filtres, boite=cadre.move(boite, x, y)), icon) for word, x, y, icon in ways
    ]


def result_words(vues: int, total: int, langue: str) -> str:
    """Return how many offers are seen, and how many lie elsewhere."""
    seen = ngettext("%(n)s offre sur la carte", "%(n)s offres sur la carte", vues) % {
        "n": ecrire_nombre(vues, langue)
    }
    if total <= vues:
        return seen
    left = total - vues
    words = ngettext("%(n)s ailleurs", "%(n)s ailleurs", left)
    return f"{seen}, {words % {'n': ecrire_nombre(left, langue)}}"
