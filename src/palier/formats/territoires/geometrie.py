"""Light outlines: borders simplified once for both neighbours, then written as GeoJSON."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

TOLERANCE_COMMUNE = 0.003  # degrees; a triangle smaller than its square goes
TOLERANCE_DEPARTEMENT = 0.01
DECIMALES_COMMUNE = 4  # about ten metres
DECIMALES_DEPARTEMENT = 3
ILOT = 5e-4  # square degrees: smaller islands and slivers of a department are not drawn

Propriete = str | int | list[float] | None


def simplify_coverage(shapely: Any, formes: Sequence[Any], tolerance: float) -> Any:
    """Simplify neighbours together: a common border stays common."""
    return shapely.coverage_simplify(np.array(formes, dtype=object), tolerance)


def dissolve(shapely: Any, formes: Sequence[Any]) -> Any:
    """Join the outlines of a department; slivers, holes and islets smaller than ``ILOT`` vanish."""
    joined = shapely.union_all(np.array(formes, dtype=object))
    parts = [p for p in shapely.get_parts(joined) if p.geom_type == "Polygon"]
    if not parts:
        return joined
    largest = max(part.area for part in parts)
    kept = [
        shapely.Polygon(part.exterior, [r for r in part.interiors if shapely.Polygon(r).area > ILOT])
        for part in parts
        if part.area > ILOT or part.area == largest
    ]
    return shapely.MultiPolygon(kept)


def _ring(shapely: Any, ring: Any, decimales: int) -> list[list[float]]:
    """Round a ring and drop the points that fall together; empty if nothing is left."""
    rounded = np.round(shapely.get_coordinates(ring), decimales)
    moved = np.any(rounded[1:] != rounded[:-1], axis=1)
    points: list[list[float]] = rounded[np.concatenate([[True], moved])].tolist()
    return points if len(points) >= 4 else []


def coordinates(shapely: Any, forme: Any, decimales: int) -> list[list[list[list[float]]]]:
    """Return the coordinates of a GeoJSON MultiPolygon."""
    made = []
    for part in shapely.get_parts(forme):
        if outer := _ring(shapely, part.exterior, decimales):
            inner = [_ring(shapely, ring, decimales) for ring in part.interiors]
            made.append([outer, *(ring for ring in inner if ring)])
    return made


def feature(code: str, proprietes: dict[str, Propriete], coordonnees: list[Any]) -> dict[str, Any]:
    """Make a GeoJSON feature; a place without outline has a null geometry."""
    return {
        "type": "Feature",
        "properties": {"code": code, **proprietes},
        "geometry": {"type": "MultiPolygon", "coordinates": coordonnees} if coordonnees else None,
    }


def to_geojson(features: Iterable[dict[str, Any]], mention: str) -> bytes:
    """Write a FeatureCollection, without a useless space, with the words that name the publishers."""
    whole = {"type": "FeatureCollection", "mention": mention, "features": [*features]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def compress(text: bytes) -> bytes:
    """Compress; the same text always gives the same bytes."""
    return gzip.compress(text, 9, mtime=0)


def box(shapely: Any, forme: Any) -> tuple[int, int, int, int]:
    """Return west, south, east, north in millionths of a degree, rounded outward."""
    ouest, sud, est, nord = (1e6 * degree for degree in shapely.bounds(forme).tolist())
    return math.floor(ouest), math.floor(sud), math.ceil(est), math.ceil(nord)


def place_of(shapely: Any, forme: Any, mairie: tuple[float, float] | None) -> tuple[float, float]:
    """Return the town hall, or a point inside the outline if it stands more than 2 km away."""
    if mairie and shapely.distance(forme, shapely.Point(mairie)) <= 0.02:
        return round(mairie[0], 5), round(mairie[1], 5)
    inside = shapely.point_on_surface(forme)
    return round(float(inside.x), 5), round(float(inside.y), 5)
