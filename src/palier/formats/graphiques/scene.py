"""Marks of a plot in CSS pixels, its title and caption, and the two ways out."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

Cadre = Literal["large", "telephone"]

ENCRE, ENCRE_2, TRAIT, TRAIT_FORT, BLANC = "#1a2b2d", "#475759", "#d8d0c1", "#7a7264", "#ffffff"
TEXTE, TITRE = 15, 20
_LARGEURS: dict[Cadre, int] = {"large": 720, "telephone": 358}
_MARGE = 16
_POLICES = ("Source Sans 3 Variable", "Source Sans 3", "Source Sans Pro", "DejaVu Sans")


class Polygone(NamedTuple):
    """A filled shape."""

    points: Sequence[tuple[float, float]]
    fond: str
    contour: str = "none"


class Ligne(NamedTuple):
    """A stroke through points."""

    points: Sequence[tuple[float, float]]
    couleur: str
    epaisseur: float
    tirets: tuple[int, int] | None = None


class Rond(NamedTuple):
    """A dot."""

    x: float
    y: float
    rayon: float
    fond: str


class Texte(NamedTuple):
    """A line of text on its baseline."""

    x: float
    y: float
    texte: str
    taille: int = TEXTE
    couleur: str = ENCRE
    ancre: Literal["start", "middle", "end"] = "start"
    gras: bool = False
    halo: bool = False


Marque = Polygone | Ligne | Rond | Texte


@dataclass
class Scene:
    """A plot: inner size, what is read aloud, and marks from back to front."""

    largeur: int
    hauteur: int
    titre: str
    legende: str
    marques: list[Marque] = field(default_factory=list)


def typographie(texte: str) -> str:
    r"""Set French spaces: narrow before ``; ! ? %``, no-break before ``:``.

    Examples
    --------
    >>> typographie("50 % : oui")
    '50\u202f%\xa0: oui'
    """
    return re.sub(r" (?=:)", "\u00a0", re.sub(r" (?=[;!?%])", "\u202f", texte))


class Gabarit(NamedTuple):
    """What the layout depends on: frame, language, mean width of a letter in ems."""

    cadre: Cadre
    langue: str
    chasse: float = 0.5


def png_gabarit(cadre: Cadre, langue: str) -> Gabarit:
    """Return the layout of a PNG: wider letters if the design's font is not installed."""
    return Gabarit(cadre, langue, 0.5 if len(_known_fonts()) > 1 else 0.6)


def wrap(
    texte: str, largeur: float, chasse: float, taille: int = TEXTE, equilibre: bool = False
) -> list[str]:
    """Cut a text into lines that fit a width, of even length if ``equilibre``."""

    def cut(size: int) -> list[str]:
        return textwrap.wrap(typographie(texte), size, break_long_words=False, break_on_hyphens=False)

    size = max(12, int(largeur / (taille * chasse)))
    lines = cut(size)
    while equilibre and size > 12 and len(cut(size - 1)) == len(lines):
        size -= 1
    return cut(size) or [""]


def frame(titre: str, sous_titre: str, legende: str, gabarit: Gabarit, hauteur: float) -> tuple[Scene, float]:
    """Start a scene with its title above and its caption below.

    Returns
    -------
    Scene
        Title, subtitle and caption are in it.
    float
        Top of the room of ``hauteur`` pixels left for the plot.
    """
    width, chasse = _LARGEURS[gabarit.cadre] - 2 * _MARGE, gabarit.chasse
    marks: list[Marque] = []
    base = 0.0
    for line in wrap(titre, width, chasse * 1.1, TITRE, equilibre=True):
        base += 25
        marks.append(Texte(0, base - 6, line, TITRE, gras=True))
    for line in wrap(sous_titre, width, chasse) if sous_titre else ():
        base += 21
        marks.append(Texte(0, base - 3, line, couleur=ENCRE_2))
    top = base + 18
    base = top + hauteur + 18
    for line in wrap(legende, width, chasse):
        base += 21
        marks.append(Texte(0, base - 6, line, couleur=ENCRE_2))
    spoken = f"{titre}. {sous_titre}" if sous_titre else titre
    return Scene(width, round(base), typographie(spoken), typographie(legende), marks), top


def to_svg(scene: Scene) -> bytes:
    """Write a scene as an SVG document, UTF-8."""
    families = quoteattr(", ".join([*(f"'{name}'" for name in _POLICES), "sans-serif"]))
    width, height = scene.largeur + 2 * _MARGE, scene.hauteur + 2 * _MARGE
    box = f"{-_MARGE} {-_MARGE} {width} {height}"
    label = quoteattr(scene.titre)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={label} viewBox="{box}"',
        f' width="{width}" height="{height}" font-family={families}>',
        f"<title>{escape(scene.titre)}</title><desc>{escape(scene.legende)}</desc>",
        f'<rect x="{-_MARGE}" y="{-_MARGE}" width="{width}" height="{height}" fill="{BLANC}"/>',
        *(_svg_mark(mark) for mark in scene.marques),
        "</svg>\n",
    ]
    return "\n".join(lines).encode()


def _svg_mark(mark: Marque) -> str:
    if isinstance(mark, Rond):
        return f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.rayon}" fill="{mark.fond}"/>'
    if isinstance(mark, Texte):
        place = f'x="{mark.x:.1f}" y="{mark.y:.1f}" font-size="{mark.taille}" text-anchor="{mark.ancre}"'
        place += ' font-weight="640"' if mark.gras else ""
        words = escape(mark.texte)
        # Two texts, not `paint-order`: printers of PDF ignore it and would hide the letters.
        edge = f'fill="{BLANC}" stroke="{BLANC}" stroke-width="4" stroke-linejoin="round"'
        halo = f'<text {place} {edge} aria-hidden="true">{words}</text>' if mark.halo else ""
        return f'{halo}<text {place} fill="{mark.couleur}">{words}</text>'
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in mark.points)
    if isinstance(mark, Polygone):
        edge = f' stroke="{mark.contour}" stroke-width="2"' if mark.contour != "none" else ""
        return f'<polygon points="{path}" fill="{mark.fond}"{edge}/>'
    dash = f' stroke-dasharray="{mark.tirets[0]} {mark.tirets[1]}"' if mark.tirets else ""
    stroke = f'stroke="{mark.couleur}" stroke-width="{mark.epaisseur}"{dash}'
    return f'<polyline points="{path}" fill="none" {stroke}/>'


def to_png(scene: Scene, echelle: int = 2) -> bytes:
    """Draw a scene as PNG, ``echelle`` dots per CSS pixel."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Polygon
    from matplotlib.patheffects import withStroke

    families = _known_fonts()
    width, height = scene.largeur + 2 * _MARGE, scene.hauteur + 2 * _MARGE
    point = 72 / 100  # at 100 dots per inch, one unit of the scene is one pixel
    figure = Figure(figsize=(width / 100, height / 100), dpi=100, facecolor=BLANC)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(-_MARGE, scene.largeur + _MARGE)
    axes.set_ylim(scene.hauteur + _MARGE, -_MARGE)
    axes.set_axis_off()
    for order, mark in enumerate(scene.marques):
        if isinstance(mark, Texte):
            axes.text(
                mark.x,
                mark.y,
                mark.texte,
                fontsize=mark.taille * point,
                fontfamily=families,
                fontweight="bold" if mark.gras else "normal",
                color=mark.couleur,
                horizontalalignment={"start": "left", "middle": "center", "end": "right"}[mark.ancre],
                verticalalignment="baseline",
                path_effects=[withStroke(linewidth=4 * point, foreground=BLANC)] if mark.halo else None,
                zorder=order,
            )
        elif isinstance(mark, Rond):
            axes.add_patch(Circle((mark.x, mark.y), mark.rayon, color=mark.fond, zorder=order))
        elif isinstance(mark, Polygone):
            shape = Polygon(list(mark.points), facecolor=mark.fond, edgecolor=mark.contour, zorder=order)
            shape.set_linewidth(2 * point)
            axes.add_patch(shape)
        else:
            xs, ys = zip(*mark.points, strict=True)
            line = Line2D(xs, ys, color=mark.couleur, linewidth=mark.epaisseur * point, zorder=order)
            if mark.tirets:
                line.set_dashes([dash / mark.epaisseur for dash in mark.tirets])
            axes.add_line(line)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=100 * echelle, metadata={"Software": None})
    return out.getvalue()


def _known_fonts() -> list[str]:
    """Return the design's fonts that matplotlib has; the packaged Source Sans if installed."""
    from matplotlib.font_manager import fontManager

    known = {font.name for font in fontManager.ttflist}
    spec = find_spec("font_source_sans_pro")
    if "Source Sans Pro" not in known and spec is not None and spec.origin is not None:
        for weight in ("Regular", "Bold"):
            fontManager.addfont(Path(spec.origin).with_name("files") / f"SourceSansPro-{weight}.ttf")
        known.add("Source Sans Pro")
    return [name for name in _POLICES if name in known]
