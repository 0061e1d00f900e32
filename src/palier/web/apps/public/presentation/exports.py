"""Offers for programs: GeoJSON points of the interactive map."""

from __future__ import annotations

import json
from typing import Any

from palier.web.apps.offres.rules.filtres import Filtres
from palier.web.apps.public.presentation.cartes import title_of
from palier.web.apps.public.queries.carte import Groupe
from palier.web.apps.public.rules import cadre


def points(groupes: list[Groupe], fiches: dict[str, dict[str, Any]], filtres: Filtres, liste: str) -> str:
    """Return groups of offers as GeoJSON: how many, and where an offer, or what one place holds, is shown."""
    features = []
    for group in groupes:
        card = fiches.get(group.offre) if group.nombre == 1 else None
        said: dict[str, Any] = {"nombre": group.nombre, "boite": [round(value, 5) for value in group.boite]}
        if card is not None:
            said |= {"url": f"/offres/{group.offre}", "nom": title_of(card)}
        elif cadre.is_one_place(group.boite):
            said["url"] = f"{liste}?{filtres.query(nature='louer', boite=cadre.widen(group.boite))}"
        place = [round(value, 5) for value in group.point]
        features.append(
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": place}, "properties": said}
        )
    return json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
