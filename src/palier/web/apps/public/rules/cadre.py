"""What a map shows: boxes of degrees, seen closer, farther, beside; pure arithmetic.

A box is ``(west, south, east, north)``, WGS84 degrees.
"""

from __future__ import annotations

from math import cos, radians

Boite = tuple[float, float, float, float]
Point = tuple[float, float]

RAPPORT = 760 / 560  # width over height of the drawing
COLONNES = 9  # squares across a drawing: marks do not meet, even on a phone
MONDE: Boite = (-180.0, -90.0, 180.0, 90.0)
POINT_A_POINT: Point = (1e-6, 1e-6)  # squares so small that each place stands alone
FRANCE: Boite = (-5.3, 41.2, 9.7, 51.2)
LARGEUR_COMMUNES = 0.8  # wider frames show departments
LARGEUR_NOMS = 4.0  # wider frames have no names
LARGEUR_PROCHE = 0.08  # closer frames show each place where it is
LARGEUR_MIN = 0.004  # about 300 m: the closest frame
_LARGEUR_MAX = 60.0
_MARGE = 0.04
_PAS = 1e-4  # precision of a box in an address [degrees]
_BORD = 0.28  # share of a square that no mark enters
_KM_PAR_DEGRE = 111.195
_LONGITUDE, _LATITUDE = 180.0, 85.0


def _squeeze(boite: Boite) -> float:
    """Return the length of a degree of longitude over one of latitude, in the middle of a box."""
    return max(cos(radians((boite[1] + boite[3]) / 2)), 0.05)


def center_of(boite: Boite) -> Point:
    """Return the middle of a box."""
    return (boite[0] + boite[2]) / 2, (boite[1] + boite[3]) / 2


def is_inside(boite: Boite, lon: float, lat: float) -> bool:
    """Tell whether a point is in a box."""
    return boite[0] <= lon <= boite[2] and boite[1] <= lat <= boite[3]


def meets(one: Boite, other: Boite) -> bool:
    """Tell whether two boxes meet."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def around(lon: float, lat: float, km: float) -> Boite:
    """Return the box of a circle."""
    high = km / _KM_PAR_DEGRE
    wide = high / max(cos(radians(lat)), 0.05)
    return lon - wide, lat - high, lon + wide, lat + high


def box_of(points: list[Point]) -> Boite | None:
    """Return the box of some points; None without any."""
    if not points:
        return None
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def is_one_place(boite: Boite) -> bool:
    """Tell whether no closer map would part what a box holds."""
    return max(boite[2] - boite[0], boite[3] - boite[1]) <= LARGEUR_MIN / 4


def widen(boite: Boite) -> Boite:
    """Return a box a few steps larger, so that rounding leaves nothing out."""
    return boite[0] - _PAS, boite[1] - _PAS, boite[2] + _PAS, boite[3] + _PAS


def fit(boite: Boite, rapport: float = RAPPORT, marge: float = _MARGE) -> Boite:
    """Return the least box of the shape of the drawing that holds a box, a margin around.

    Examples
    --------
    >>> west, south, east, north = fit((7.0, 48.0, 8.0, 48.1))
    >>> west < 7.0 and east > 8.0 and north - south > 0.4
    True
    """
    lon, lat = center_of(boite)
    squeeze = _squeeze(boite)
    wide = max((boite[2] - boite[0]) * (1 + 2 * marge), LARGEUR_MIN)
    high = max((boite[3] - boite[1]) * (1 + 2 * marge), LARGEUR_MIN * squeeze / rapport)
    wide = max(wide, high * rapport / squeeze)
    return _box(lon, lat, min(wide, _LARGEUR_MAX), rapport, squeeze)


def _box(lon: float, lat: float, wide: float, rapport: float, squeeze: float) -> Boite:
    high = wide * squeeze / rapport
    return _bounded((lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2))


def _bounded(boite: Boite) -> Boite:
    """Push a box back on the map."""
    west, south, east, north = boite
    over = max(0.0, east - _LONGITUDE) - max(0.0, -_LONGITUDE - west)
    above = max(0.0, north - _LATITUDE) - max(0.0, -_LATITUDE - south)
    return west - over, south - above, east - over, north - above


def zoom(boite: Boite, facteur: float) -> Boite:
    """Return the same place seen closer (less than 1) or farther."""
    lon, lat = center_of(boite)
    wide = (boite[2] - boite[0]) * facteur
    high = (boite[3] - boite[1]) * facteur
    if not LARGEUR_MIN <= wide <= _LARGEUR_MAX:
        return boite
    return _bounded((lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2))


def move(boite: Boite, est: float, nord: float) -> Boite:
    """Return the frame moved by shares of its width and height."""
    dx, dy = (boite[2] - boite[0]) * est, (boite[3] - boite[1]) * nord
    return _bounded((boite[0] + dx, boite[1] + dy, boite[2] + dx, boite[3] + dy))


def cells(boite: Boite, colonnes: int = COLONNES) -> Point:
    """Return width and height of the squares by which offers are grouped [degrees]."""
    wide = (boite[2] - boite[0]) / colonnes
    return wide, wide * _squeeze(boite)


def is_wide(boite: Boite) -> bool:
    """Tell whether a frame is too wide for the outlines of communes."""
    return boite[2] - boite[0] > LARGEUR_COMMUNES


def has_no_names(boite: Boite) -> bool:
    """Tell whether a frame is too wide for names: marks alone can be read."""
    return boite[2] - boite[0] > LARGEUR_NOMS


def held(point: Point, boite: Boite, carreau: Point) -> Point:
    """Return a point drawn towards the middle of its square, so that two marks never touch.

    In a close frame, a mark stays where it is.
    """
    if boite[2] - boite[0] < LARGEUR_PROCHE:
        return point
    found = []
    for value, start, side in zip(point, boite[:2], carreau, strict=True):
        place = (value - start) / side
        found.append(start + side * (place // 1 + min(max(place % 1, _BORD), 1 - _BORD)))
    return found[0], found[1]


def thin(anneau: tuple[Point, ...], pas: float) -> tuple[Point, ...]:
    """Leave out the points of an outline that a drawing cannot show; empty when nothing is left.

    Parameters
    ----------
    anneau : tuple of points
        A closed ring.
    pas : float
        What one unit of the drawing is worth [degrees].
    """
    kept: list[Point] = []
    for lon, lat in anneau:
        if not kept or abs(lon - kept[-1][0]) >= pas or abs(lat - kept[-1][1]) >= pas:
            kept.append((lon, lat))
    return tuple(kept) if len(kept) >= 4 else ()
