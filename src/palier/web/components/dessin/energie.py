"""The seven steps of the energy and climate labels (CCH R126-21 to R126-24)."""

from __future__ import annotations

from functools import cache

from palier.web.components.dessin import svg

CLASSES = "ABCDEFG"
ENERGIE = ("#00a06d", "#52b153", "#a5cc74", "#f4e70f", "#f0b50f", "#eb8235", "#d7221f")
CLIMAT = ("#a4dbf8", "#8cb4d3", "#7792b1", "#606f8f", "#4d5271", "#393551", "#281b35")
_HAUT, _ECART, _CHOISI = 23, 6, 38


@cache
def dessiner_echelle(classe: str, climat: bool, mention: str) -> str:
    """Return the scale, the home's step taller and outlined.

    Parameters
    ----------
    classe : str
        A to G.
    climat : bool
        The climate label, else the energy one.
    mention : str
        Words beside the step of the home.

    Raises
    ------
    ValueError
        If the class is none of the seven.
    """
    chosen = CLASSES.index(classe)
    colours, first_white = (CLIMAT, 3) if climat else (ENERGIE, 6)
    parts: list[str] = []
    y = 2.0
    for rank, letter in enumerate(CLASSES):
        here = rank == chosen
        tall = _CHOISI if here else _HAUT
        width = 52 + 16 * rank
        parts.append(
            svg.balise(
                "rect",
                x=2,
                y=y,
                width=width,
                height=tall,
                rx=3,
                fill=colours[rank],
                stroke=svg.ENCRE,
                stroke_width=3,
            )
            if here
            else svg.rectangle(2, y, width, tall, colours[rank])
        )
        size = 20 if here else 15
        fill = svg.BLANC if rank >= first_white else "#000"
        parts.append(
            svg.balise(
                "text", letter, x=11, y=y + tall / 2 + size * 0.36, font_size=size, font_weight=640, fill=fill
            )
        )
        if here:
            parts.append(svg.texte(width + 12, y + tall / 2 + 6, mention, 16, classe="gras"))
        y += tall + _ECART
    return svg.dessin(260, y, *parts, classe="dessin")
