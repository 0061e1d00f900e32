"""What a simulation reads: the grid that applies, the published queues, the offers that fit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.web.apps.offres.queries import recherche
from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.queries.chiffres import Chiffres, FilePubliee, figures_at, place_name
from palier.web.apps.public.queries.grilles import Version, text_of, versions_of
from palier.web.apps.territoires.queries import commune_at


@dataclass(frozen=True, slots=True)
class Territoire:
    """The territory of a commune: what it publishes.

    Parameters
    ----------
    code, nom : str
        SIREN of the EPCI, or code of a commune that is a territory of its own; empty where unknown.
    version : Version or None
        The grid in force; None where none is published.
    texte : str
        Its text.
    chiffres : Chiffres or None
        The latest published figures.
    """

    code: str
    nom: str
    version: Version | None
    texte: str
    chiffres: Chiffres | None


def territory_of(commune: str, au: dt.date) -> Territoire:
    """Return what is published where a commune lies: the commune itself, its EPT, its EPCI, in this order."""
    found = commune_at(commune, au)
    codes = [commune, *((found.parent, found.ept, found.epci) if found else ())]
    for code in (code for code in codes if code):
        known = versions_of(code, au)
        figures = figures_at(code)
        if known or figures:
            version = known.at(au) if known else None
            text = text_of(version) if version else ""
            return Territoire(code, place_name(code, au), version, text, figures)
    home = found.epci if found else ""
    return Territoire(home, place_name(home, au) if home else "", None, "", None)


def queue_of(chiffres: Chiffres | None, commune: str, taille: str) -> FilePubliee | None:
    """Return the queue to compare with: the sector of a commune, else the territory; None where hidden."""
    if chiffres is None:
        return None
    sector = chiffres.provenance.get("secteurs", {}).get(commune, "")
    return (chiffres.file(sector, taille) if sector else None) or chiffres.file("", taille)


def count_offers(filtres: Filtres) -> int:
    """Count the offers that filters keep."""
    return recherche.count(filtres)
