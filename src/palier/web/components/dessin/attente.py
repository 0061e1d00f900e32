"""The wait strip: the band that holds 80 % of the waits, the median, and the person."""

from __future__ import annotations

from dataclasses import dataclass

from palier.web.components.dessin import svg
from palier.web.components.dessin.fanion import dessiner_fanion
from palier.web.components.dessin.placement import etaler

LARGE, TELEPHONE = 680.0, 358.0
_BANDE = 28.0


@dataclass(frozen=True, slots=True)
class Attente:
    """Waits in months, and the words that stand beside them.

    Parameters
    ----------
    bas, mediane, haut : int
        Quantiles 10, 50 and 90 % [months].
    maximum : int
        End of the axis [months].
    mot_bas, mot_mediane, mot_mediane_court, mot_haut, mot_maximum : str
        Their labels; the short one is that of phones.
    vous : int, optional
        Wait of the person [months].
    mot_vous : str
        Word of the flag.
    """

    bas: int
    mediane: int
    haut: int
    maximum: int
    mot_bas: str
    mot_mediane: str
    mot_mediane_court: str
    mot_haut: str
    mot_maximum: str
    vous: int | None = None
    mot_vous: str = ""


def dessiner_attente(attente: Attente, nom: str, telephone: bool = False) -> str:
    """Return one of the two drawings, wide or phone.

    Raises
    ------
    ValueError
        If the waits are not in order, or the axis ends at zero.
    """
    if not 0 <= attente.bas <= attente.mediane <= attente.haut <= attente.maximum or not attente.maximum:
        raise ValueError("the quantiles of a wait strip must be in order and end before its axis")
    wide = TELEPHONE if telephone else LARGE
    start, end = 2.0, wide - 2

    def at(months: int) -> float:
        return start + (end - start) * min(months, attente.maximum) / attente.maximum

    top = 42.0
    axis = top + _BANDE / 2
    low, mid, high = at(attente.bas), at(attente.mediane), at(attente.haut)
    parts = [
        svg.ligne(start, axis, end, axis, svg.TRAIT_FORT, 1.5),
        svg.ligne(start, axis - 6, start, axis + 6, svg.TRAIT_FORT, 1.5),
        svg.ligne(end, axis - 6, end, axis + 6, svg.TRAIT_FORT, 1.5),
        svg.rectangle(low, top, max(high - low, 2), _BANDE, svg.SEQUENCE[1]),
        svg.ligne(low, top, low, top + _BANDE),
        svg.ligne(high, top, high, top + _BANDE),
        svg.rectangle(mid - 3, top, 6, _BANDE + 6, svg.SEQUENCE[4]),
    ]
    words = [
        attente.mot_bas,
        attente.mot_mediane_court if telephone else attente.mot_mediane,
        attente.mot_haut,
    ]
    places = [low, mid, high]
    flag = None if attente.vous is None else at(attente.vous)
    if flag is not None and flag > end - svg.largeur_texte(attente.mot_maximum, 15) - 50:
        words.append(attente.mot_maximum)  # the flag stands where this label would
        places.append(end)
    else:
        parts.append(svg.texte(end, top - 8, attente.mot_maximum, 15, "end"))
    widths = [svg.largeur_texte(word, 17) for word in words]
    for rank, x in enumerate(etaler(places, widths, 0, wide)):
        parts.append(svg.texte(x, top + _BANDE + 26, words[rank], 17, "middle", "gras" if rank == 1 else ""))
    if flag is not None:
        parts += dessiner_fanion(flag, 1, top + _BANDE, attente.mot_vous, wide)
    size = "telephone" if telephone else "large"
    return svg.dessin(wide, top + _BANDE + 34, *parts, classe=f"dessin dessin-{size}", nom=nom)
