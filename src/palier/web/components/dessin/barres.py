"""Horizontal bars with their labels and values written beside them; gauges of an objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palier.web.components.dessin import svg

LARGE, TELEPHONE = 680.0, 358.0
_RANG = 34.0


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar.

    Parameters
    ----------
    nom : str
        What it counts.
    valeur : int
        Length.
    mot : str
        Value in words, with its unit.
    ici : bool
        Marked as the one the page is about.
    """

    nom: str
    valeur: int
    mot: str
    ici: bool = False


def dessiner_barres(barres: Sequence[Barre], nom: str, telephone: bool = False) -> str:
    """Return bars from zero; wide: names at the start; phone: names above.

    Raises
    ------
    ValueError
        If a value is negative or there is no bar.
    """
    if not barres or min(barre.valeur for barre in barres) < 0:
        raise ValueError("bars need values, none of them negative")
    wide = TELEPHONE if telephone else LARGE
    margin = 2.0 if telephone else max(svg.largeur_texte(barre.nom, 16) for barre in barres) + 16
    room = wide - margin - max(svg.largeur_texte(barre.mot, 16) for barre in barres) - 12
    peak = max(*(barre.valeur for barre in barres), 1)
    rank_height = _RANG + 20 if telephone else _RANG
    parts: list[str] = []
    for rank, barre in enumerate(barres):
        y = rank * rank_height + (22 if telephone else 4)
        width = room * barre.valeur / peak
        fill, edge = (svg.JOUR, svg.ENCRE) if barre.ici else (svg.SEQUENCE[3], None)
        parts.append(svg.rectangle(margin, y, max(width, 1), 22, fill, edge))
        weight = "gras" if barre.ici else ""
        if telephone:
            parts.append(svg.texte(2, y - 6, barre.nom, 16, classe=weight))
        else:
            parts.append(svg.texte(margin - 10, y + 17, barre.nom, 16, "end", weight))
        parts.append(svg.texte(margin + max(width, 1) + 8, y + 17, barre.mot, 16, classe=weight))
        if telephone:
            parts.append(svg.ligne(margin, y - 3, margin, y + 25))
    if not telephone:
        parts.append(svg.ligne(margin, 0, margin, len(barres) * rank_height))
    size = "telephone" if telephone else "large"
    return svg.dessin(wide, len(barres) * rank_height + 4, *parts, classe=f"dessin dessin-{size}", nom=nom)


def dessiner_jauge(valeur: int, but: int, maximum: int) -> str:
    """Return a bar with the mark of an objective; decoration of a sentence that says the same.

    Raises
    ------
    ValueError
        If the numbers are not between 0 and the maximum.
    """
    if not (0 <= valeur <= maximum and 0 <= but <= maximum and maximum):
        raise ValueError("a gauge needs numbers between 0 and its maximum")
    wide = 358.0
    mark = wide * but / maximum
    parts = [
        svg.rectangle(0, 5, wide, 16, svg.PLATRE_2),
        svg.rectangle(0, 5, wide * valeur / maximum, 16, svg.RAMPE),
        svg.rectangle(min(max(mark - 2.5, 0), wide - 5), 0, 5, 26, svg.ENCRE),
    ]
    return svg.dessin(wide, 26, *parts)
