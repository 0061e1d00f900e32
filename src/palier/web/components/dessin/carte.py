"""A map that needs no script: outlines, names, and marks that are links; the list is its twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sqrt

from palier.web.components.dessin import svg

Point = tuple[float, float]
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
    parts += _names(contours, project, wide, tall)
    most = max((mark.nombre for mark in reperes), default=1)
    parts += [
        _mark(mark, project, most) for mark in sorted(reperes, key=lambda mark: (mark.choisi, -mark.nombre))
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
    path = []
    for ring in contour.anneaux:
        points = [project(lon, lat) for lon, lat in ring]
        path.append("M" + "L".join(f"{svg.nombre(x)} {svg.nombre(y)}" for x, y in points) + "z")
    return svg.balise(
        "path", d="".join(path), fill=svg.BLANC, stroke=svg.TRAIT_FORT, stroke_dasharray="5 4", stroke_width=1
    )


def _names(contours: Sequence[Contour], project: Projection, wide: float, tall: float) -> list[str]:
    """Return the names that fit, the first given first."""
    taken = [(wide - 30.0, float(y), 26.0) for y in range(20, 180, 20)]  # the buttons
    parts = []
    for contour in contours:
        if contour.ancre is None or not contour.nom:
            continue
        x, y = project(*contour.ancre)
        half = svg.largeur_texte(contour.nom, 16) / 2
        inside = half < x < wide - half and 18 < y < tall - 6
        if not inside or any(abs(y - oy) < 22 and abs(x - ox) < half + oh + 6 for ox, oy, oh in taken):
            continue
        taken.append((x, y, half))
        parts.append(svg.texte(x, y, contour.nom, 16, "middle", "gras halo"))
    return parts


def _mark(mark: Repere, project: Projection, most: int) -> str:
    x, y = project(mark.lon, mark.lat)
    radius = 12 + 14 * sqrt(mark.nombre / most) if mark.nombre > 1 else 9
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
