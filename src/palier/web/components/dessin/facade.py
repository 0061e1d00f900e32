"""The façade of a home: floors, the home lit, the lift shaft; or a house; or a shop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from palier.web.components.dessin import svg

LARGEUR, HAUTEUR = 136, 112
_SOL = 98.0
_GAUCHE, _LARGE = 34.0, 68.0
_PLUS_HAUT = 84.0
_NIVEAUX_DESSINES = 14


@dataclass(frozen=True, slots=True)
class Facade:
    """What a façade shows.

    Parameters
    ----------
    genre : str
        ``immeuble``, ``maison`` or ``local``.
    nb_etages : int
        Floors above the ground floor.
    etage : int, optional
        Floor of the home, 0 for the ground floor; None where it must not be shown (an occupied home).
    ascenseur : bool
        Whether there is a lift.
    """

    genre: str = "immeuble"
    nb_etages: int = 3
    etage: int | None = None
    ascenseur: bool = False


@lru_cache(maxsize=2_048)
def dessiner_facade(facade: Facade, nom: str = "") -> str:
    """Return the drawing, named ``nom`` for readers (decoration without a name)."""
    draw = {"maison": _house, "local": _shop}.get(facade.genre)
    parts = draw() if draw else _building(facade)
    ground = svg.ligne(10, _SOL, 126, _SOL)
    return svg.dessin(LARGEUR, HAUTEUR, *parts, ground, classe="facade", nom=nom)


def _building(facade: Facade) -> list[str]:
    levels = max(facade.nb_etages, facade.etage or 0, 0) + 1
    shown = min(levels, _NIVEAUX_DESSINES)
    height = min(17.0, _PLUS_HAUT / shown)
    top = _SOL - height * shown
    lit = (
        None
        if facade.etage is None
        else min(round(facade.etage * (shown - 1) / max(levels - 1, 1)), shown - 1)
    )
    columns = 3 if facade.ascenseur else 4
    dim = [level for level in range(shown) if level != lit]
    parts = [
        svg.balise(
            "path",
            d="".join(_floor(n, height) for n in dim),
            fill=svg.BLANC,
            stroke=svg.TRAIT_FORT,
        ),
        svg.balise("path", d="".join(_windows(n, height, columns) for n in dim), fill=svg.PLATRE_2),
    ]
    if lit is not None:
        y = _SOL - height * (lit + 1)
        parts.append(svg.rectangle(_GAUCHE, y, _LARGE, height, svg.JOUR, svg.ENCRE))
        parts.append(svg.balise("path", d=_windows(lit, height, columns), fill=svg.ENCRE))
        middle = y + height / 2
        parts.append(svg.balise("path", d=f"M20 {svg.nombre(middle - 5)}l8 5-8 5z", fill=svg.TOMETTE))
    if facade.ascenseur:
        parts.append(svg.rectangle(_GAUCHE + 54, top, 8, _SOL - top, svg.RAMPE))
    return parts


def _floor(niveau: int, hauteur: float) -> str:
    """Return the path of the outline of one floor."""
    y, tall = svg.nombre(_SOL - hauteur * (niveau + 1)), svg.nombre(hauteur)
    return f"M{_GAUCHE:.0f} {y}h{_LARGE:.0f}v{tall}h-{_LARGE:.0f}z"


def _windows(niveau: int, hauteur: float, colonnes: int) -> str:
    """Return the path of one floor of windows."""
    tall = hauteur * 0.42
    y = _SOL - hauteur * (niveau + 1) + (hauteur - tall) / 2
    return "".join(
        f"M{svg.nombre(_GAUCHE + 6 + 16 * i)} {svg.nombre(y)}h8.5v{svg.nombre(tall)}h-8.5z"
        for i in range(colonnes)
    )


def _house() -> list[str]:
    return [
        svg.balise("path", d="M36 98V58L68 34l32 24v40", fill=svg.BLANC, stroke=svg.ENCRE, stroke_width=2),
        svg.balise("path", d="M44.5 65h13v13h-13zM78.5 65h13v13h-13z", fill=svg.JOUR, stroke=svg.ENCRE),
        svg.rectangle(61, 73, 14, 25, svg.TOMETTE),
    ]


def _shop() -> list[str]:
    return [
        svg.balise("path", d="M34 27h68v17h-68zM34 44h68v17h-68z", fill=svg.BLANC, stroke=svg.TRAIT_FORT),
        svg.balise("path", d=_windows(3, 17, 4) + _windows(2, 17, 4), fill=svg.PLATRE_2),
        svg.rectangle(34, 61, 68, 37, svg.JOUR, svg.ENCRE),
        svg.balise("path", d="M40 74h36v18h-36z", fill=svg.BLANC, stroke=svg.ENCRE),
        svg.rectangle(82, 74, 13, 24, svg.TOMETTE),
        svg.balise("path", d="M30 61h76l4 9H26z", fill=svg.RAMPE, stroke=svg.ENCRE),
    ]
