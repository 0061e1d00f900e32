"""Offers like one that has left."""

from __future__ import annotations

from typing import Any

from palier.web.apps.offres.queries.recherche import search
from palier.web.apps.offres.rules.filtres import NATURES, Filtres

_COUNT, _RADIUS_KM = 4, 20


def similar_to(carte: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a few live offers of the same kind, the nearest first."""
    return search(filters_like(carte), limite=_COUNT).offres


def filters_like(carte: dict[str, Any]) -> Filtres:
    """Return the filters that ask for offers of the same kind and size, around."""
    family = next(name for name, natures in NATURES.items() if carte["nature"] in natures)
    rooms = (carte.get("typologie") or "")[1:]
    pieces = (min(int(rooms), 6),) if rooms.isdigit() else ()
    lon, lat = carte.get("longitude"), carte.get("latitude")
    if lon is None or lat is None:
        return Filtres(nature=family, pieces=pieces, departement=carte.get("departement") or "")
    return Filtres(
        nature=family,
        pieces=pieces,
        centre=(lon, lat),
        rayon_km=_RADIUS_KM,
        autour_de=carte.get("commune") or "",
        tri="distance",
    )
