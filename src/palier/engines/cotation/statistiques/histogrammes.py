"""Histograms of the totals of each queue; every class holds enough requests to be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import polars as pl

from palier.engines.cotation.model.nodes import NOTES
from palier.engines.cotation.statistiques.masquage import TOUS, File, Motif, publishable
from palier.engines.cotation.statistiques.secteurs import Secteurs
from palier.engines.secret import SEUIL, is_publishable
from palier.tables import colonne

QUARTS = (25, 50, 75)
_CELLULES = 30
_PAS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000)
_Somme = Counter[int]
_Part = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Classe:
    """Requests whose total is between ``de`` and ``a``, both included [points]."""

    de: int
    a: int
    n: int


@dataclass(frozen=True, slots=True)
class Segment:
    """Requests of a queue that are compared by their points alone.

    Parameters
    ----------
    systeme, classe : str, optional
        System and class of the grid; None: all of them, because one is too small to be told apart.
    n : int
        Requests.
    classes : tuple of Classe
        In the order of points, without a gap; each holds at least the threshold.
    """

    systeme: str | None
    classe: str | None
    n: int
    classes: tuple[Classe, ...]


@dataclass(frozen=True, slots=True)
class FilePubliee:
    """What may be published of one queue.

    Parameters
    ----------
    secteur, typologie : str
        ``""`` for all.
    n : int
        Live scored requests.
    segments : tuple of Segment
        Histograms, the first ones served before the others.
    quartiles : mapping of int to int
        Total that 25, 50, 75 % of the requests do not pass [points]; one that has not
        enough requests on both sides is absent.
    """

    secteur: str
    typologie: str
    n: int
    segments: tuple[Segment, ...]
    quartiles: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """All queues of a territory.

    Parameters
    ----------
    files : tuple of FilePubliee
        The whole territory first.
    masquees : int
        Queues that have requests and are not told.
    pas : int
        Width of the narrowest class [points].
    """

    files: tuple[FilePubliee, ...]
    masquees: int
    pas: int


def publish_files(scores: pl.DataFrame, demandes: pl.DataFrame, secteurs: Secteurs) -> Publication:
    """Count the live requests of every queue, and hide what is too small.

    Parameters
    ----------
    scores : DataFrame
        Table of :class:`~palier.engines.cotation.run.ScoreResult`, row for row beside ``demandes``.
    demandes : DataFrame
        Table ``demandes``; reads ``typologies`` and ``localisations``.
    secteurs : Secteurs
        Sectors of the territory.

    Returns
    -------
    Publication
        The same whatever the order of the rows.

    Notes
    -----
    All histograms of a territory share one axis, so that the ends of a small queue tell nobody's
    total. Systems and classes of the grid are told apart only where each of them holds enough.
    """
    wished = _wished(scores, demandes, secteurs)
    motifs: Counter[Motif] = Counter()
    for places, mask, n in wished.group_by("secteurs", "souhaits").agg(pl.len()).iter_rows():
        motifs[frozenset(places.split("\x1f")) - {""}, frozenset(_sizes(mask))] += n
    kept = publishable(motifs)
    totals = wished["total"]
    low, high = (0, 0) if totals.is_empty() else (int(totals.min()), int(totals.max()))  # type: ignore[arg-type]  # integers
    pas = _step(low, high)
    axe = (low // pas, high // pas)
    sums = _sums(wished, kept)
    rangs = _ranks(wished)
    files = tuple(_file(file, sums[file], rangs, pas, axe) for file in sorted(kept, key=_order))
    seen = {f for s, t in motifs for f in _files(s, t)}
    return Publication(files, len(seen - kept), pas)


def merge(effectifs: Sequence[int], seuil: int = SEUIL) -> list[tuple[int, int, int]]:
    """Join neighbouring cells until every class holds at least the threshold.

    Parameters
    ----------
    effectifs : sequence of int
        Counts of cells, in order.
    seuil : int
        Least count of a class.

    Returns
    -------
    list of tuple
        First cell, last cell and count of each class; they cover all cells. Empty if all cells
        together do not reach the threshold.

    Examples
    --------
    >>> merge([4, 0, 8, 20, 3])
    [(0, 2, 12), (3, 4, 23)]
    """
    found: list[tuple[int, int, int]] = []
    start = held = 0
    for place, n in enumerate(effectifs):
        held += n
        if held >= seuil:
            found.append((start, place, held))
            start, held = place + 1, 0
    if found and start < len(effectifs):
        first, _, n = found.pop()
        found.append((first, len(effectifs) - 1, n + held))
    return found


def _wished(scores: pl.DataFrame, demandes: pl.DataFrame, secteurs: Secteurs) -> pl.DataFrame:
    """One row per live scored request: its system, class, total, sizes (bits) and sectors (joined)."""
    known = secteurs.par_commune
    places = demandes["localisations"].list.eval(
        pl.element()
        .replace_strict(list(known), list(known.values()), default=None, return_dtype=pl.String)
        .drop_nulls()
        .unique()
        .sort()
    )
    return (
        scores.select(
            pl.col("systeme").cast(pl.String),
            pl.col("classe").cast(pl.String),
            pl.col("classe_rang").fill_null(0).cast(pl.Int32),
            pl.col("etat").cast(pl.String),
            pl.col("total").cast(pl.Int64),
            souhaits=demandes["typologies"].fill_null(0),
            secteurs=places.list.join("\x1f").fill_null(""),
        )
        .filter(pl.col("etat").is_in(NOTES) & pl.col("total").is_not_null())
        .drop("etat")
    )


def _sizes(mask: int) -> list[str]:
    return [code for place, code in enumerate(colonne("typologies").codes) if mask >> place & 1]


def _files(secteurs: frozenset[str], typologies: frozenset[str]) -> list[File]:
    return [(s, t) for s in (TOUS, *secteurs) for t in (TOUS, *typologies)]


def _order(file: File) -> tuple[bool, str, bool, str]:
    secteur, typologie = file
    return secteur != TOUS, secteur, typologie != TOUS, typologie


def _step(low: int, high: int) -> int:
    """Return the narrowest width that cuts the range in few cells."""
    return next((pas for pas in _PAS if high // pas - low // pas < _CELLULES), 1_000)


def _sums(wished: pl.DataFrame, kept: frozenset[File]) -> dict[File, dict[_Part, _Somme]]:
    """Count the requests by queue, system, class and total."""
    codes = colonne("typologies").codes
    counted = wished.group_by("secteurs", "souhaits", "systeme", "classe", "total").agg(n=pl.len())
    found: dict[File, dict[_Part, _Somme]] = {file: {} for file in kept}
    for place, code in enumerate((TOUS, *codes)):
        mine = counted if code == TOUS else counted.filter(pl.col("souhaits") & (1 << (place - 1)) != 0)
        whole = mine.with_columns(secteur=pl.lit(TOUS))
        split = mine.with_columns(secteur=pl.col("secteurs").str.split("\x1f")).explode("secteur")
        parts = pl.concat([whole, split.filter(pl.col("secteur") != TOUS)])
        keys = ["secteur", "systeme", "classe", "total"]
        for secteur, systeme, classe, total, n in parts.group_by(keys).agg(pl.col("n").sum()).iter_rows():
            if (secteur, code) in kept:
                found[secteur, code].setdefault((systeme, classe), Counter())[total] += n
    return found


def _ranks(wished: pl.DataFrame) -> dict[_Part, tuple[str, int]]:
    """Order the parts of a queue: by system, then by class, the best one first."""
    parts = wished.select("systeme", "classe", "classe_rang").unique()
    return {(systeme, classe): (systeme or "", rang) for systeme, classe, rang in parts.iter_rows()}


def _file(
    file: File,
    parts: dict[_Part, _Somme],
    rangs: dict[_Part, tuple[str, int]],
    pas: int,
    axe: tuple[int, int],
) -> FilePubliee:
    whole: _Somme = sum(parts.values(), Counter())
    segments = _segments(parts, rangs)
    return FilePubliee(
        secteur=file[0],
        typologie=file[1],
        n=whole.total(),
        segments=tuple(_segment(*name, sums, pas, axe) for name, sums in segments.items()),
        quartiles=quartiles_of(whole),
    )


def _segments(parts: dict[_Part, _Somme], rangs: dict[_Part, tuple[str, int]]) -> dict[_Part, _Somme]:
    """Tell systems and classes apart as far as all of them may be told."""
    systems: dict[str | None, dict[_Part, _Somme]] = {}
    for name in sorted(parts, key=lambda name: rangs[name]):
        systems.setdefault(name[0], {})[name] = parts[name]
    found: dict[_Part, _Somme] = {}
    for systeme, classes in systems.items():
        if all(is_publishable(sums.total()) for sums in classes.values()):
            found |= classes
        else:
            found[systeme, None] = sum(classes.values(), Counter())
    if all(is_publishable(sums.total()) for sums in found.values()):
        return found
    return {(None, None): sum(parts.values(), Counter())}


def _segment(
    systeme: str | None, classe: str | None, sums: _Somme, pas: int, axe: tuple[int, int]
) -> Segment:
    low, high = axe
    cells = [0] * (high - low + 1)
    for total, n in sums.items():
        cells[total // pas - low] += n
    classes = tuple(
        Classe((low + first) * pas, (low + last + 1) * pas - 1, n) for first, last, n in merge(cells)
    )
    return Segment(systeme, classe, sums.total(), classes)


def quartiles_of(sums: Counter[int]) -> dict[int, int]:
    """Return the quartiles that have enough units on both sides, of counts by value."""
    n = sums.total()
    return {
        part: value_at(sums, -(-n * part // 100))
        for part in QUARTS
        if is_publishable(n * part // 100) and is_publishable(n * (100 - part) // 100)
    }


def value_at(sums: Mapping[int, int], rang: int) -> int:
    """Return the value of the unit of a rank, the smallest being 1."""
    held = 0

    def before(value: int) -> bool:
        nonlocal held
        held += sums[value]
        return held < rang

    ordered = sorted(sums)
    return ordered[len(list(takewhile(before, ordered)))]
