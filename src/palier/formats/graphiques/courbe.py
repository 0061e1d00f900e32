"""The wait curve: share of requests housed by time since filing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from palier.base.mots import word
from palier.formats.graphiques.scene import (
    ENCRE,
    ENCRE_2,
    TEXTE,
    TRAIT,
    TRAIT_FORT,
    Cadre,
    Gabarit,
    Ligne,
    Marque,
    Polygone,
    Rond,
    Scene,
    Texte,
    frame,
    png_gabarit,
    to_png,
    to_svg,
    typographie,
    wrap,
)

PointCourbe = tuple[int, float, float, float]
Echelle = Callable[[float], float]

_RAMPE, _BANDE, _JOUR = "#0b5a5e", "#a8d3a0", "#ffe59a"
_MOIS = 365.2425 / 12
_GAUCHE, _DROITE = 52.0, 54.0


class Repere(NamedTuple):
    """A point of the curve that deserves words: day, share, text."""

    jour: int
    part: float
    texte: str


def wait_curve_svg(
    points: Sequence[PointCourbe],
    *,
    titre: str,
    legende: str,
    sous_titre: str = "",
    reperes: Iterable[Repere] = (),
    vous_jour: int | None = None,
    cadre: Cadre = "large",
    langue: str = "fr",
) -> bytes:
    """Draw the share of requests housed by time since filing.

    Parameters
    ----------
    points : sequence of tuple
        Day after filing, share, lower and upper bounds, in order of days: a
        step function. Empty if the group is too small: the box says so.
    titre : str
        The result in one sentence; also the name read aloud.
    legende : str
        Base, date and source.
    sous_titre : str
        The group.
    reperes : iterable of Repere
        Points labelled on the curve.
    vous_jour : int, optional
        Day reached by the reader's own request.
    cadre : {"large", "telephone"}
        Width of the drawing: 720 or 358 pixels.
    langue : str
        Language of the axis words.

    Returns
    -------
    bytes
        An SVG document, UTF-8.
    """
    texts = (titre, sous_titre, legende)
    return to_svg(_scene(points, texts, tuple(reperes), vous_jour, Gabarit(cadre, langue)))


def wait_curve_png(
    points: Sequence[PointCourbe],
    *,
    titre: str,
    legende: str,
    sous_titre: str = "",
    reperes: Iterable[Repere] = (),
    vous_jour: int | None = None,
    cadre: Cadre = "large",
    langue: str = "fr",
    echelle: int = 2,
) -> bytes:
    """Draw the plot of :func:`wait_curve_svg` as PNG, ``echelle`` dots per pixel."""
    texts = (titre, sous_titre, legende)
    scene = _scene(points, texts, tuple(reperes), vous_jour, png_gabarit(cadre, langue))
    return to_png(scene, echelle)


def _scene(
    points: Sequence[PointCourbe],
    texts: tuple[str, str, str],
    reperes: Sequence[Repere],
    vous_jour: int | None,
    gabarit: Gabarit,
) -> Scene:
    if not points:
        return _empty(texts, gabarit)
    flag = 34 if vous_jour is not None else 0
    height = 300.0 if gabarit.cadre == "large" else 250.0
    scene, top = frame(*texts, gabarit, flag + height + 34)
    top += flag
    right = scene.largeur - _DROITE
    horizon = max(1, points[-1][0])
    ceiling = next(c for c in (10, 25, 50, 75, 100) if max(point[3] for point in points) <= c / 100)

    def x(jour: float) -> float:
        return _GAUCHE + (right - _GAUCHE) * jour / horizon

    def y(part: float) -> float:
        return top + height * (1 - 100 * part / ceiling)

    scene.marques += _axes(horizon, ceiling, x, y, gabarit)
    low, high = _steps(points, 2), _steps(points, 3)
    scene.marques.append(Polygone([(x(d), y(s)) for d, s in (*high, *reversed(low))], _BANDE))
    scene.marques.append(Ligne([(x(d), y(s)) for d, s in _steps(points, 1)], _RAMPE, 2.5))
    scene.marques.append(_band_words(points, reperes, x, y, word("graphique.bande", gabarit.langue)))
    scene.marques += _labels(points[-1], reperes, x, y, right)
    if vous_jour is not None and 0 <= vous_jour <= horizon:
        scene.marques += _flag(x(vous_jour), top - 8, y(0), word("graphique.vous", gabarit.langue))
    return scene


def _axes(horizon: int, ceiling: int, x: Echelle, y: Echelle, gabarit: Gabarit) -> Iterable[Marque]:
    for percent in range(0, ceiling + 1, 25 if ceiling > 25 else 5):
        level = y(percent / 100)
        yield Ligne([(x(0), level), (x(horizon), level)], TRAIT if percent else ENCRE, 1)
        yield Texte(x(0) - 10, level + 5, f"{percent}\u202f%", ancre="end")
    most = 10 if gabarit.cadre == "large" else 4
    steps = (1, 3, 6) if horizon < 24 * _MOIS else (12, 24, 36, 60, 120, 240)
    months = next((step for step in steps if horizon / (step * _MOIS) <= most), 600)
    ticks = [(0.0, word("graphique.depot", gabarit.langue))]
    for place in range(1, int(horizon / (months * _MOIS)) + 1):
        total = place * months
        unit, value = ("mois", total) if months < 12 else ("ans" if total > 12 else "an", total // 12)
        ticks.append((total * _MOIS, f"{value}\u00a0{word(f'graphique.{unit}', gabarit.langue)}"))
    for day, label in ticks:
        yield Ligne([(x(day), y(0)), (x(day), y(0) + 6)], TRAIT_FORT, 1)
        yield Texte(x(day), y(0) + 24, label, ancre="middle")


def _band_words(
    points: Sequence[PointCourbe], reperes: Sequence[Repere], x: Echelle, y: Echelle, mot: str
) -> Texte:
    """Name the band below the curve, away from the labels; above it if it touches the axis."""
    letter = 0.47 * TEXTE
    taken = [(x(mark.jour), x(mark.jour) + 12 + letter * len(mark.texte)) for mark in reperes]
    places = (0.42, 0.3, 0.25, 0.6, 0.7, 0.8, 0.15)
    choices = [next(point for point in points if point[0] >= place * points[-1][0]) for place in places]

    def is_free(point: PointCourbe) -> bool:
        start, end = x(point[0]) + 8, x(point[0]) + 8 + letter * len(mot)
        return all(end < low or high < start for low, high in taken)

    at = next((point for point in choices if is_free(point)), choices[0])
    if (below := y(at[2]) + 24) < y(0) - 8:
        return Texte(x(at[0]) + 8, below, mot, couleur=ENCRE_2, halo=True)
    return Texte(x(at[0]) - 4, y(at[3]) - 10, mot, couleur=ENCRE_2, ancre="end", halo=True)


def _labels(
    last: PointCourbe, reperes: Sequence[Repere], x: Echelle, y: Echelle, right: float
) -> Iterable[Marque]:
    for mark in reperes:
        across, up = x(mark.jour), y(mark.part)
        late = across > _GAUCHE + 0.6 * (right - _GAUCHE)
        yield Ligne([(across, y(0)), (across, up)], ENCRE, 1, (2, 3))
        yield Rond(across, up, 5, _RAMPE)
        yield Texte(
            across + (-8 if late else 12),
            up + (-14 if late else 22),
            typographie(mark.texte),
            ancre="end" if late else "start",
            gras=True,
            halo=True,
        )
    if all(x(last[0]) - x(mark.jour) > 14 for mark in reperes):
        yield Rond(x(last[0]), y(last[1]), 5, _RAMPE)
    yield Texte(x(last[0]) + 10, y(last[1]) + 6, f"{round(100 * last[1])}\u202f%", taille=17, gras=True)


def _flag(x: float, top: float, base: float, mot: str) -> Iterable[Marque]:
    half = 8 + 4.5 * len(mot)
    yield Ligne([(x, top), (x, base)], ENCRE, 2)
    yield Polygone(
        [(x - half, top - 25), (x + half, top - 25), (x + half, top), (x - half, top)], _JOUR, ENCRE
    )
    yield Texte(x, top - 8, mot, ancre="middle", gras=True)


def _steps(points: Sequence[PointCourbe], which: int) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for point in points:
        if found:
            found.append((point[0], found[-1][1]))
        found.append((point[0], float(point[which])))
    return found


def _empty(texts: tuple[str, str, str], gabarit: Gabarit) -> Scene:
    scene, top = frame(*texts, gabarit, 120)
    right, base = scene.largeur, top + 120
    box = [(0.0, top), (right, top), (right, base), (0.0, base), (0.0, top)]
    scene.marques.append(Ligne(box, TRAIT_FORT, 1, (6, 4)))
    lines = wrap(word("graphique.trop_peu", gabarit.langue), right - 40, gabarit.chasse, equilibre=True)
    first = top + 66 - 11 * (len(lines) - 1)
    scene.marques += [
        Texte(right / 2, first + 22 * row, line, ancre="middle") for row, line in enumerate(lines)
    ]
    return scene
