"""Where labels stand so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


def etaler(
    centres: Sequence[float], largeurs: Sequence[float], debut: float, fin: float, ecart: float = 12
) -> list[float]:
    """Move labels apart along a line, as little as possible, inside its ends.

    Parameters
    ----------
    centres : sequence of float
        Wanted centres, in increasing order [units of the drawing].
    largeurs : sequence of float
        Widths of the labels.
    debut, fin : float
        Ends of the line.
    ecart : float
        Least gap between two labels.

    Returns
    -------
    list of float
        Centres; where the line is too short for all, labels keep their gaps and pass its start.
    """
    placed: list[float] = []
    edge = debut - ecart
    for centre, width in zip(centres, largeurs, strict=True):
        placed.append(max(centre, edge + ecart + width / 2))
        edge = placed[-1] + width / 2
    edge = fin + ecart
    for rank in range(len(placed) - 1, -1, -1):
        half = largeurs[rank] / 2
        placed[rank] = min(placed[rank], edge - ecart - half)
        edge = placed[rank] - half
    return placed


def borner(centre: float, largeur: float, debut: float, fin: float) -> float:
    """Keep one label inside a line."""
    return min(max(centre, debut + largeur / 2), fin - largeur / 2)
