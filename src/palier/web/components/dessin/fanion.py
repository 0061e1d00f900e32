"""The flag « vous »: a small sign on a pole."""

from __future__ import annotations

from palier.web.components.dessin import svg
from palier.web.components.dessin.placement import borner

HAUTEUR = 26.0


def dessiner_fanion(x: float, haut: float, pied: float, mots: str, fin: float) -> list[str]:
    """Return the sign with its top at ``haut`` and its pole down to ``pied``.

    Parameters
    ----------
    x : float
        What it points at.
    haut, pied : float
        Top of the sign, foot of the pole.
    mots : str
        Word on the sign.
    fin : float
        Width of the drawing: the sign stays inside.
    """
    width = svg.largeur_texte(mots, 16) + 24
    centre = borner(x, width, 1, fin - 1)
    return [
        svg.ligne(x, haut + HAUTEUR, x, pied),
        svg.rectangle(centre - width / 2, haut, width, HAUTEUR, svg.JOUR, svg.ENCRE),
        svg.texte(centre, haut + 18.5, mots, 16, "middle", "gras"),
    ]
