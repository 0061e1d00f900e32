"""A map that needs no script: outlines, names, and marks that are links; the list is its twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import cos, pi, sqrt

from palier.web.components.dessin import svg

Point = tuple[float, float]
_LOT = 50  # offers of a group that is drawn large
LARGE, TELEPHONE = (760.0, 560.0), (358.0, 380.0)


@dataclass(frozen=True, slots=True)
class Cadre:
    """What a map shows [degrees WGS84]."""

    ouest: float
    sud: float
    est: float
    nord: float

    @property
    def en_texte(self) -> str:
        """West, south, east, north, as in an address."""
        return ",".join(f"{value:.5f}" for value in (self.ouest, self.sud, self.est, self.nord))


@dataclass(frozen=True, slots=True)
class Contour:
    """The outline of a commune or a department: rings of (lon, lat), and its name where there is room."""

    nom: str
    anneaux: Sequence[Sequence[Point]]
    ancre: Point | None = None


@dataclass(frozen=True, slots=True)
class Repere:
    """A mark: one offer or a group.

    Parameters
    ----------
    lon, lat : float
        Place [degrees].
    nombre : int
        Offers at this mark.
    nom : str
        What a pointer reads: « 12 logements à Orlemont ».
    url : str
        Where it leads: the offer, or the map closer.
    choisi : bool
        Marked as chosen.
    """

    lon: float
    lat: float
    nombre: int
    nom: str
    url: str
    choisi: bool = False


@dataclass(frozen=True, slots=True)
class Projection:
    """From degrees to the units of a drawing; true around the middle of the frame."""

    cadre: Cadre
    largeur: float
    hauteur: float

    @property
    def echelle(self) -> float:
        """Units of the drawing per degree of latitude."""
        frame = self.cadre
        wide = max((frame.est - frame.ouest) * self._resserre, 1e-9)
        tall = max(frame.nord - frame.sud, 1e-9)
        return min(self.largeur / wide, self.hauteur / tall)

    @property
    def _resserre(self) -> float:
        return cos((self.cadre.sud + self.cadre.nord) / 2 * pi / 180)

    def __call__(self, lon: float, lat: float) -> Point:
        """Return the place of a point in the drawing."""
        frame, scale = self.cadre, self.echelle
        x = self.largeur / 2 + (lon - (frame.ouest + frame.est) / 2) * self._resserre * scale
        y = self.hauteur / 2 - (lat - (frame.sud + frame.nord) / 2) * scale
        return x, y


def dessiner_carte(
    cadre: Cadre, contours: Sequence[Contour], reperes: Sequence[Repere], nom: str, telephone: bool = False
) -> str:
    """Return the drawing; marks are links outside the order of tabulation, since the list says the same."""
    wide, tall = TELEPHONE if telephone else LARGE
    project = Projection(cadre, wide, tall)
    parts = [_outline(contour, project) for contour in contours]
    most = max([_LOT, *(mark.nombre for mark in reperes)])
    radius = {id(mark): _radius(mark, most, telephone) for mark in reperes}
    marks = [(*project(mark.lon, mark.lat), radius[id(mark)]) for mark in reperes]
    parts += _names(contours, project, wide, tall, marks)
    parts += [
        _mark(mark, project, radius[id(mark)])
        for mark in sorted(reperes, key=lambda mark: (mark.choisi, -mark.nombre))
    ]
    size = "telephone" if telephone else "large"
    return svg.balise(
        "svg",
        *parts,
        class_=f"dessin dessin-{size}",
        viewBox=f"0 0 {wide:.0f} {tall:.0f}",
        role="group",
        aria_label=nom,
    )


def _outline(contour: Contour, project: Projection) -> str:
    path = [_ring([project(lon, lat) for lon, lat in ring]) for ring in contour.anneaux if ring]
    return svg.balise(
        "path", d="".join(path), fill=svg.BLANC, stroke=svg.TRAIT_FORT, stroke_dasharray="5 4", stroke_width=1
    )


def _ring(points: Sequence[Point]) -> str:
    """Write a ring in steps from point to point: half the length of a path of places."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in points]
    steps = [
        f"{svg.nombre((x - ox) / 10)} {svg.nombre((y - oy) / 10)}"
        for (ox, oy), (x, y) in pairwise(tenths)
        if (x, y) != (ox, oy)
    ]
    return f"M{svg.nombre(tenths[0][0] / 10)} {svg.nombre(tenths[0][1] / 10)}l{' '.join(steps)}z"


def _names(
    contours: Sequence[Contour],
    project: Projection,
    wide: float,
    tall: float,
    marks: Sequence[tuple[float, float, float]],
) -> list[str]:
    """Return the names that fit beside the marks, the first given first: in place, else above, else below."""
    taken = [(wide - 30.0, float(y), 26.0, 22.0) for y in range(20, 180, 20)]  # the buttons
    taken += [(x, y + 5, radius + 2, radius + 9) for x, y, radius in marks]
    parts = []
    for contour in contours:
        if contour.ancre is None or not contour.nom:
            continue
        x, place = project(*contour.ancre)
        half = svg.largeur_texte(contour.nom, 16) / 2
        for y in (place, place - 28, place + 34, place - 46, place + 52) if marks else (place,):
            inside = half < x < wide - half and 18 < y < tall - 6
            if inside and not any(
                abs(y - oy) < high and abs(x - ox) < half + oh + 6 for ox, oy, oh, high in taken
            ):
                taken.append((x, y, half, 22.0))
                parts.append(svg.texte(x, y, contour.nom, 16, "middle", "gras halo"))
                break
    return parts


def _radius(mark: Repere, most: int, telephone: bool) -> float:
    """Return the size of a mark: by its number, and wide enough for its digits."""
    if mark.nombre <= 1:
        return 8.0 if telephone else 9.0
    digits = 4.2 * len(str(mark.nombre)) + 4
    return max(digits, 11 + (8 if telephone else 15) * sqrt(mark.nombre / most))


def _mark(mark: Repere, project: Projection, radius: float) -> str:
    x, y = project(mark.lon, mark.lat)
    fill = svg.TOMETTE if mark.choisi else svg.RAMPE
    shapes = [
        svg.balise("title", escape(mark.nom)),
        svg.balise(
            "circle", cx=float(x), cy=float(y), r=float(radius), fill=fill, stroke=svg.BLANC, stroke_width=2
        ),
    ]
    if mark.nombre > 1:
        shapes.append(
            svg.balise(
                "text",
                str(mark.nombre),
                x=float(x),
                y=float(y + 5),
                font_size=15,
                text_anchor="middle",
                fill=svg.BLANC,
                class_="gras",
            )
        )
    return svg.balise("a", *shapes, href=mark.url, tabindex=-1)
