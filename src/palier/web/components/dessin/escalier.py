"""The stairwell by daylight of the home page: landings, doors, one of them open."""

from __future__ import annotations

from functools import cache

from palier.web.components.dessin import svg

LARGEUR, HAUTEUR = 1600, 380
_MARCHES = 8
_PAS = (8, 10)
_PALIER = 62


@cache
def dessiner_escalier() -> str:
    """Return the decoration; its landings start under the search form."""
    landings = [(836, 338), (0, 0), (0, 0), (0, 0)]
    x, y = landings[0]
    for rank in range(1, 4):
        x += _MARCHES * _PAS[0]
        y -= _MARCHES * _PAS[1]
        landings[rank] = (x, y)
        x += _PALIER + 7
    path = [f"M0 338H{landings[0][0]}"]
    for rank in range(1, 4):
        path.append(f"v-{_PAS[1]}h{_PAS[0]}" * _MARCHES)
        path.append(f"H{landings[rank][0] + _PALIER + 7 if rank < 3 else LARGEUR}")
    line = "".join(path)
    parts = [
        *(_wall(landings, rank) for rank in range(4)),
        svg.balise("path", d=f"{line}V{HAUTEUR}H0z", fill=svg.PLATRE_2),
        *(part for rank in range(1, 4) for part in _rail(landings, rank)),
        svg.balise("path", d=line, fill="none", stroke=svg.RAMPE, stroke_width=4),
        *_door(775, 336),
        *_door(landings[1][0] + 10, landings[1][1] - 2),
        *_open_door(landings[2][0] + 10, landings[2][1] - 2),
        *_door(landings[3][0] + 20, landings[3][1] - 2),
        *_window(783, 218),
        *_window(900, 138),
    ]
    return svg.dessin(LARGEUR, HAUTEUR, *parts, classe="escalier")


def _wall(paliers: list[tuple[int, int]], rang: int) -> str:
    """Return the painted dado of a landing."""
    x, y = paliers[rang]
    start = 0 if rang == 0 else x
    end = paliers[0][0] if rang == 0 else (x + _PALIER + 7 if rang < 3 else LARGEUR)
    return svg.rectangle(start, y - 37, end - start, 37, "#e4f0ee")


def _rail(paliers: list[tuple[int, int]], rang: int) -> list[str]:
    """Return the banister of a flight."""
    x, y = paliers[rang]
    x0, y0 = x - _MARCHES * _PAS[0], y + _MARCHES * _PAS[1]
    outline = svg.balise(
        "path",
        d=f"M{x0} {y0}V{y0 - 37}L{x + 6} {y - 37}V{y}",
        fill="#e4f0ee",
        fill_opacity=0.6,
        stroke=svg.ENCRE,
        stroke_width=2,
    )
    bars = "".join(f"M{x0 + 16 * i + 4} {y0 - 20 * i - 10}V{y0 - 20 * i - 42}" for i in range(1, 4))
    return [outline, svg.balise("path", d=bars, stroke=svg.ENCRE, fill="none")]


def _door(x: int, pied: int) -> list[str]:
    return [
        svg.rectangle(x, pied - 62, 38, 62, svg.BLANC, svg.ENCRE),
        svg.balise(
            "path",
            d=f"M{x + 7} {pied - 54}h24v19h-24zM{x + 7} {pied - 28}h24v19h-24z",
            fill="none",
            stroke=svg.TRAIT,
            stroke_width=2,
        ),
        svg.balise("circle", cx=x + 33, cy=pied - 31, r=2.2, fill=svg.ENCRE),
    ]


def _open_door(x: int, pied: int) -> list[str]:
    return [
        svg.rectangle(x, pied - 63, 38, 63, svg.JOUR, svg.ENCRE),
        svg.balise(
            "path",
            d=f"M{x + 38} {pied - 63}l18 8V{pied}h-18z",
            fill=svg.TOMETTE,
            stroke=svg.ENCRE,
            stroke_width=2,
        ),
    ]


def _window(x: int, pied: int) -> list[str]:
    return [
        svg.rectangle(x, pied - 77, 53, 77, svg.BLANC, svg.ENCRE),
        svg.balise(
            "path",
            d=f"M{x + 26.5} {pied - 77}v77M{x} {pied - 38}h53M{x - 6} {pied + 1}h66",
            stroke=svg.ENCRE,
            stroke_width=2,
            fill="none",
        ),
    ]
