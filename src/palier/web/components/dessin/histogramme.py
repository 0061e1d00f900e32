"""The position strip: how many requests per band of points, those ahead darker, and the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from palier.web.components.dessin import svg
from palier.web.components.dessin.fanion import dessiner_fanion

LARGE, TELEPHONE = 680.0, 358.0


@dataclass(frozen=True, slots=True)
class Histogramme:
    """Counts per band, in order.

    Parameters
    ----------
    effectifs : sequence of int
        Counts, one per band.
    mot_debut, mot_fin : str
        Labels of both ends of the axis.
    vous : int, optional
        Rank of the person's band.
    mot_vous : str
        Word of the flag.
    largeurs : sequence of int
        Widths of the bands where they differ: the area of a bar, not its height, is its count.
    """

    effectifs: Sequence[int]
    mot_debut: str
    mot_fin: str
    vous: int | None = None
    mot_vous: str = ""
    largeurs: Sequence[int] = ()


def dessiner_histogramme(histogramme: Histogramme, nom: str, telephone: bool = False) -> str:
    """Return one of the two drawings, wide or phone; bars start at zero.

    Raises
    ------
    ValueError
        If there is no band, a count is negative, or a width is not positive.
    """
    counts = histogramme.effectifs
    widths = histogramme.largeurs or [1] * len(counts)
    if not counts or min(counts) < 0:
        raise ValueError("a histogram needs counts, none of them negative")
    if len(widths) != len(counts) or min(widths) <= 0:
        raise ValueError("a histogram needs one positive width per count")
    wide, tall = (TELEPHONE, 88.0) if telephone else (LARGE, 96.0)
    top = 46.0 if histogramme.vous is not None else 6.0
    base = top + tall
    unit = (wide - 8) / sum(widths)
    peak = max(*(count / width for count, width in zip(counts, widths, strict=True)), 1e-9)
    parts: list[str] = []
    for rank, count in enumerate(counts):
        height = tall * count / widths[rank] / peak
        x, y = 4 + unit * sum(widths[:rank]), base - height
        room = unit * widths[rank] - 1
        if rank == histogramme.vous:
            parts.append(svg.rectangle(x, y, room, height, svg.JOUR, svg.ENCRE))
        elif count:
            ahead = histogramme.vous is not None and rank > histogramme.vous
            parts.append(svg.rectangle(x, y, room, height, svg.SEQUENCE[3 if ahead else 1]))
    parts.append(svg.ligne(4, base, wide - 4, base))
    parts.append(svg.texte(4, base + 24, histogramme.mot_debut, 16))
    parts.append(svg.texte(wide - 4, base + 24, histogramme.mot_fin, 16, "end"))
    if histogramme.vous is not None:
        x = 4 + unit * (sum(widths[: histogramme.vous]) + widths[histogramme.vous] / 2)
        foot = base - tall * counts[histogramme.vous] / widths[histogramme.vous] / peak - 1
        parts += dessiner_fanion(x, 1, foot, histogramme.mot_vous, wide)
    size = "telephone" if telephone else "large"
    return svg.dessin(wide, base + 32, *parts, classe=f"dessin dessin-{size}", nom=nom)
