"""The filters of a reader as SQL conditions; parameters are always bound."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from palier.web.apps.offres.rules.filtres import CLASSES, NATURES, Filtres

EN_LIGNE = "o.statut IN ('publiee', 'a_confirmer') AND o.doublon_de_id IS NULL"
_KM_PER_DEGREE = 111.195  # mean Earth radius 6,371 km
# Haversine distance [km] from a point given by three parameters: latitude, longitude, latitude.
DISTANCE = (
    "2 * 6371 * asin(sqrt(power(sin(radians(o.latitude - %s) / 2), 2) + cos(radians(%s))"
    " * cos(radians(o.latitude)) * power(sin(radians(o.longitude - %s) / 2), 2)))"
)

Condition = tuple[str, Sequence[Any]]
# Written out, for they are few and ours: the planner then knows how many rows they leave.
_NATURES = {
    name: "o.nature IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
    for name, kinds in NATURES.items()
}


def conditions(filtres: Filtres) -> list[Condition]:
    """Return the conditions of all filters, each with its parameters."""
    found: list[Condition] = [(EN_LIGNE, ()), (_NATURES[filtres.nature], ())]
    for name in filtres.active():
        found.append(condition(filtres, name))
    return found


def condition(filtres: Filtres, name: str) -> Condition:
    """Return the condition of one active filter."""
    f = filtres
    price = "o.prix_cent" if f.nature == "acheter" else "o.loyer_cc_cent"
    if name == "centre":
        return _circle(f)
    if name == "boite" and f.boite:
        west, south, east, north = f.boite
        return (
            "point(o.longitude, o.latitude) <@ box(point(%s, %s), point(%s, %s))",
            (east, north, west, south),
        )
    simple: dict[str, Condition] = {
        "communes": _among("o.commune_code", f.communes),
        "departement": ("o.departement = %s", (f.departement,)),
        "epci": ("o.epci = %s", (f.epci,)),
        "pieces": _among("o.pieces", f.pieces),
        "loyer_max_eur": (f"{price} <= %s", (f.loyer_max_eur * 100,)),
        "surface_min": ("o.surface_m2 >= %s", (f.surface_min,)),
        "dpe_max": ("o.dpe = ANY(%s)", (list(CLASSES[: CLASSES.find(f.dpe_max) + 1]),)),
        "plain_pied": ("o.plain_pied", ()),
        "accessibilite": ("o.accessibilite @> %s::varchar[]", (list(f.accessibilite),)),
        "financement": _among("o.financement", f.financement),
        "public_reserve": ("o.public_reserve = %s", (f.public_reserve,)),
        "disponible_le": ("o.disponible_le <= %s", (f.disponible_le,)),
        "bailleur": (
            "o.organisme_id = (SELECT id FROM organismes_organisme WHERE siren = %s)",
            (f.bailleur,),
        ),
        "depuis_jours": ("o.publiee_le >= now() - make_interval(days => %s)", (f.depuis_jours,)),
    }
    return simple[name]


def _among(colonne: str, valeurs: Sequence[Any]) -> Condition:
    """Return the condition of a list; a single value is planned as one."""
    if len(valeurs) == 1:
        return f"{colonne} = %s", (valeurs[0],)
    return f"{colonne} = ANY(%s)", (list(valeurs),)


def _circle(f: Filtres) -> Condition:
    """Return a box that the index serves, then the true distance."""
    assert f.centre is not None
    lon, lat = f.centre
    high = f.rayon_km / _KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(min(abs(lat) + high, 89.0))), 0.01)
    sql = f"(point(o.longitude, o.latitude) <@ box(point(%s, %s), point(%s, %s)) AND {DISTANCE} <= %s)"
    return sql, (lon + wide, lat + high, lon - wide, lat - high, lat, lat, lon, f.rayon_km)


def where(found: Sequence[Condition]) -> tuple[str, list[Any]]:
    """Join conditions."""
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]
