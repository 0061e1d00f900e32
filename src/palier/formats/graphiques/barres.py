"""Who falls and who rises between two grids: diverging bars, one row per cohort."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from palier.base.mots import nombre, word
from palier.formats.graphiques.scene import (
    ENCRE,
    ENCRE_2,
    Cadre,
    Gabarit,
    Ligne,
    Marque,
    Polygone,
    Scene,
    Texte,
    frame,
    png_gabarit,
    to_png,
    to_svg,
    typographie,
    wrap,
)

_DESCEND, _MONTE = "#8a4b08", "#4b3a86"
_NOMS, _BOUT, _TETE, _GROUPE = 230.0, 50.0, 30.0, 34.0


class LigneComparaison(NamedTuple):
    """One cohort: how many fall, stay and rise; None where the group is too small.

    Rows in a row of the same ``groupe`` stand under its name.
    """

    libelle: str
    descendent: int | None
    stables: int | None
    montent: int | None
    groupe: str = ""


def comparison_plot_svg(
    rows: Sequence[LigneComparaison],
    *,
    titre: str,
    legende: str,
    sous_titre: str = "",
    cadre: Cadre = "large",
    langue: str = "fr",
) -> bytes:
    """Draw, for each cohort, the share that falls (left) and rises (right).

    Parameters
    ----------
    rows : sequence of LigneComparaison
        In the order of the drawing.
    titre, legende : str
        The result in one sentence; base, date and source.
    sous_titre : str
        What is compared.
    cadre : {"large", "telephone"}
        Width of the drawing: 720 or 358 pixels.
    langue : str
        Language of the words beside the bars.

    Returns
    -------
    bytes
        An SVG document, UTF-8.
    """
    return to_svg(_scene(rows, (titre, sous_titre, legende), Gabarit(cadre, langue)))


def comparison_plot_png(
    rows: Sequence[LigneComparaison],
    *,
    titre: str,
    legende: str,
    sous_titre: str = "",
    cadre: Cadre = "large",
    langue: str = "fr",
    echelle: int = 2,
) -> bytes:
    """Draw the plot of :func:`comparison_plot_svg` as PNG, ``echelle`` dots per pixel."""
    scene = _scene(rows, (titre, sous_titre, legende), png_gabarit(cadre, langue))
    return to_png(scene, echelle)


def _scene(rows: Sequence[LigneComparaison], texts: tuple[str, str, str], gabarit: Gabarit) -> Scene:
    wide, langue = gabarit.cadre == "large", gabarit.langue
    shares = [_shares(row) for row in rows]
    names = [
        wrap(_name(row, pair), _NOMS if wide else 326.0, gabarit.chasse)
        for row, pair in zip(rows, shares, strict=True)
    ]
    heights = [max(32, 21 * len(lines) + 8) if wide else 21 * len(lines) + 48 for lines in names]
    before = ["", *(row.groupe for row in rows)]
    heads = [row.groupe if row.groupe != last else "" for row, last in zip(rows, before, strict=False)]
    scene, top = frame(*texts, gabarit, _TETE + sum(heights) + _GROUPE * sum(map(bool, heads)))
    left, right = (_NOMS if wide else 0.0) + _BOUT, scene.largeur - _BOUT
    # One scale for both sides; each side keeps room for its word.
    falls, rises = (max([0.2, *(pair[side] for pair in shares if pair)]) for side in (0, 1))
    unit = (right - left) / (falls + rises)
    axis = left + unit * falls
    top += 16
    scene.marques += [
        Texte(axis - 12, top, word("graphique.descendent", langue), couleur=_DESCEND, ancre="end", gras=True),
        Texte(axis + 12, top, word("graphique.montent", langue), couleur=_MONTE, gras=True),
    ]
    line = start = top + _TETE - 16
    for head, lines, pair, height in zip(heads, names, shares, heights, strict=True):
        if head:
            line += _GROUPE
            scene.marques.append(Texte(0, line - 7, typographie(head), gras=True))
        first = line + (height / 2 + 5 - 10.5 * (len(lines) - 1) if wide else 14)
        scene.marques += [Texte(0, first + 21 * row, text) for row, text in enumerate(lines)]
        scene.marques += _bars(pair, axis, unit, line + (height / 2 if wide else height - 26), langue)
        line += height
    scene.marques.append(Ligne([(axis, start), (axis, line)], ENCRE, 2))
    return scene


def _bars(
    pair: tuple[float, float] | None, axis: float, unit: float, middle: float, langue: str
) -> Iterable[Marque]:
    if pair is None:
        yield Texte(axis + 12, middle + 5, word("graphique.masque", langue), couleur=ENCRE_2)
    for share, side, colour in zip(pair or (), (-1, 1), (_DESCEND, _MONTE), strict=False):
        end = axis + side * unit * share
        low, high = middle - 11, middle + 11
        yield Polygone([(axis, low), (end, low), (end, high), (axis, high)], colour)
        words = f"{round(100 * share)}\u202f%"
        yield Texte(end + 8 * side, middle + 5, words, ancre="end" if side < 0 else "start")


def _name(row: LigneComparaison, pair: tuple[float, float] | None) -> str:
    size = sum(part or 0 for part in (row.descendent, row.stables, row.montent))
    return f"{row.libelle}\u00a0({nombre(size)})" if pair else row.libelle


def _shares(row: LigneComparaison) -> tuple[float, float] | None:
    if row.descendent is None or row.stables is None or row.montent is None:
        return None
    size = row.descendent + row.stables + row.montent
    return (row.descendent / size, row.montent / size) if size else None
