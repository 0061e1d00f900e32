"""Who falls and who rises between two grids: diverging bars, one row per cohort.

A full bar is a change of rank. An outlined one prolongs it: places that leave
the queues (left) or enter them (right), because one grid alone scores them.
Sides, outlines and words tell them apart, so that a grey print still reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from palier.base.mots import nombre, word
from palier.formats.graphiques.scene import (
    BLANC,
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
_NOMS, _BOUT, _PLUS, _TETE, _GROUPE = 230.0, 50.0, 56.0, 30.0, 34.0
_LIGNE = 22.0


class LigneComparaison(NamedTuple):
    """One cohort: how many fall, stay, rise, leave and enter; None where the group is too small.

    Rows in a row of the same ``groupe`` stand under its name.
    """

    libelle: str
    descendent: int | None
    stables: int | None
    montent: int | None
    groupe: str = ""
    sortent: int | None = 0
    entrent: int | None = 0


class Parts(NamedTuple):
    """Shares of a cohort, from the outer left to the outer right."""

    sortent: float
    descendent: float
    montent: float
    entrent: float


def comparison_plot_svg(
    rows: Sequence[LigneComparaison],
    *,
    titre: str,
    legende: str,
    sous_titre: str = "",
    cadre: Cadre = "large",
    langue: str = "fr",
) -> bytes:
    """Draw, for each cohort, the share that falls or leaves (left), rises or enters (right).

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
    wide = gabarit.cadre == "large"
    shares = [_shares(row) for row in rows]
    names = [
        wrap(_name(row, parts), _NOMS if wide else 326.0, gabarit.chasse)
        for row, parts in zip(rows, shares, strict=True)
    ]
    heights = [max(32, 21 * len(lines) + 8) if wide else 21 * len(lines) + 48 for lines in names]
    before = ["", *(row.groupe for row in rows)]
    heads = [row.groupe if row.groupe != last else "" for row, last in zip(rows, before, strict=False)]
    known = [parts for parts in shares if parts is not None]
    leaving, entering = any(parts.sortent for parts in known), any(parts.entrent for parts in known)
    title = _TETE + _LIGNE * (leaving or entering)
    scene, top = frame(*texts, gabarit, title + sum(heights) + _GROUPE * sum(map(bool, heads)))
    left = (_NOMS if wide else 0.0) + _BOUT + _PLUS * leaving
    right = scene.largeur - _BOUT - _PLUS * entering
    # One scale for both sides; each side keeps room for its words.
    falls = max([0.2, *(parts.sortent + parts.descendent for parts in known)])
    rises = max([0.2, *(parts.montent + parts.entrent for parts in known)])
    unit = (right - left) / (falls + rises)
    axis = left + unit * falls
    scene.marques += _heads(axis, top + 16, leaving, entering, gabarit.langue)
    line = start = top + title
    axes: list[Marque] = []
    for head, lines, parts, height in zip(heads, names, shares, heights, strict=True):
        if head:
            line += _GROUPE
            scene.marques.append(Texte(0, line - 7, typographie(head), gras=True))
        first = line + (height / 2 + 5 - 10.5 * (len(lines) - 1) if wide else 14)
        scene.marques += [Texte(0, first + 21 * row, text) for row, text in enumerate(lines)]
        middle = line + (height / 2 if wide else height - 26)
        scene.marques += _bars(parts, axis, unit, middle, gabarit.langue)
        axes.append(Ligne([(axis, middle - 17), (axis, middle + 17)], ENCRE, 2))
        line += height
    # On a phone names stand above the bars: one axis would cross them.
    scene.marques += [Ligne([(axis, start), (axis, line)], ENCRE, 2)] if wide else axes
    return scene


def _heads(axis: float, base: float, leaving: bool, entering: bool, langue: str) -> Iterable[Marque]:
    """Name both sides and, where some places pass, show what an outline means."""
    sides = (
        (-1, _DESCEND, "descendent", leaving and "sortent"),
        (1, _MONTE, "montent", entering and "entrent"),
    )
    for side, colour, moves, passes in sides:
        anchor: Literal["start", "end"] = "end" if side < 0 else "start"
        words = word(f"graphique.{moves}", langue)
        yield Texte(axis + 12 * side, base, words, couleur=colour, ancre=anchor, gras=True)
        if passes:
            below = base + _LIGNE
            yield _box(axis + 13 * side, axis + 29 * side, below - 5, 6, BLANC, colour)
            words = word(f"graphique.{passes}", langue)
            yield Texte(axis + 38 * side, below, words, couleur=colour, ancre=anchor, gras=True)


def _bars(parts: Parts | None, axis: float, unit: float, middle: float, langue: str) -> Iterable[Marque]:
    if parts is None:
        yield Texte(axis + 12, middle + 5, word("graphique.masque", langue), couleur=ENCRE_2)
        return
    sides = (
        (-1, _DESCEND, parts.descendent, parts.sortent),
        (1, _MONTE, parts.montent, parts.entrent),
    )
    for side, colour, moves, passes in sides:
        turn = axis + side * unit * moves
        end = turn + side * unit * passes
        if moves:
            yield _box(axis, turn, middle, 11, colour)
        if passes:
            yield _box(turn, end - side, middle, 10, BLANC, colour)
        words = f"{_percent(moves)} + {_percent(passes)}" if passes else _percent(moves)
        yield Texte(end + 8 * side, middle + 5, words, ancre="end" if side < 0 else "start")


def _box(start: float, end: float, middle: float, half: float, fond: str, contour: str = "none") -> Polygone:
    low, high = middle - half, middle + half
    return Polygone([(start, low), (end, low), (end, high), (start, high)], fond, contour)


def _percent(share: float) -> str:
    return f"{round(100 * share)}\u202f%" if share == 0 or share >= 0.005 else "<\u00a01\u202f%"


def _name(row: LigneComparaison, parts: Parts | None) -> str:
    return f"{row.libelle}\u00a0({nombre(_size(row))})" if parts else row.libelle


def _size(row: LigneComparaison) -> int:
    return sum(part or 0 for part in (row.sortent, row.descendent, row.stables, row.montent, row.entrent))


def _shares(row: LigneComparaison) -> Parts | None:
    moves = (row.sortent, row.descendent, row.montent, row.entrent)
    size = _size(row)
    if None in (*moves, row.stables) or not size:
        return None
    return Parts(*((part or 0) / size for part in moves))
