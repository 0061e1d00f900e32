"""Queues: rank and order of the scored requests, by territory, system and typology.

A request that wishes two typologies stands in two queues, so the result is a
long table. ``rang`` is the competition rank by class and total (ties share
it); ``ordre`` follows the tie-break chain that the grid declares. Neither
depends on the order of the rows given.

Everything that orders two requests is packed into one integer, most significant
first, so that a queue is one sort of integers; what does not fit (texts, the
end of an instant) only sorts the rows that are still equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from palier.base.errors import Problem, TableError
from palier.engines.cotation.model.nodes import Grille
from palier.tables import colonne

NOTES = ("note", "note_partielle")
_BITS = 63
_SANS_SOUHAIT = 7


@dataclass(frozen=True)
class _Part:
    """One field of the key: integers from ``bas`` to ``haut``, null the greatest."""

    valeurs: pl.Series
    bas: int
    haut: int
    descendant: bool = False

    @property
    def bits(self) -> int:
        """Bits that hold every value and the null one."""
        return (self.haut - self.bas + 1).bit_length()

    def expr(self, nom: str) -> pl.Expr:
        """Value from 0, in the order of the sort."""
        value = pl.col(nom).cast(pl.Int64)
        made = pl.lit(self.haut, dtype=pl.Int64) - value if self.descendant else value - self.bas
        return made.fill_null(self.haut - self.bas + 1) if self.valeurs.null_count() else made


@dataclass(frozen=True)
class _Cle:
    """The packed key of each row, where its fields end, and what it could not hold."""

    longue: pl.DataFrame
    file: int
    niveau: int
    typologie: int
    reste: tuple[str, ...]


def rank_demandes(
    scores: pl.DataFrame, demandes: pl.DataFrame, grille: Grille, territoires: pl.Series | None = None
) -> pl.DataFrame:
    """Rank scored requests in their queues.

    Parameters
    ----------
    scores : pl.DataFrame
        Table of :class:`~palier.engines.cotation.run.ScoreResult`, row for row
        beside ``demandes``.
    demandes : pl.DataFrame
        Table ``demandes`` with ``typologies`` and the columns of ``departage``.
    grille : Grille
        Declares the tie-break chain.
    territoires : pl.Series, optional
        Territory of each row, for a stock of several territories.

    Returns
    -------
    pl.DataFrame
        ``numero_unique``, ``systeme``, ``classe``, ``total`` [points],
        ``territoire`` (if given), ``typologie`` (null where no wish is known),
        ``rang``, ``ordre``; sorted by queue and order.

    Raises
    ------
    TableError
        COT-081 if the tie-break chain leaves two requests equal.
    """
    cle = _pack(scores, demandes, grille, territoires)
    ordered = _settle(cle, scores, demandes, grille)
    wish = (pl.col("cle") // (1 << cle.typologie)) & _SANS_SOUHAIT
    typology = pl.when(wish != _SANS_SOUHAIT).then(wish.cast(pl.UInt8)).cat.to(colonne("typologie").dtype)
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    begin = _first_place(place, cle.file)
    numbered = ordered.select(
        "ligne", typologie=typology, rang=_first_place(place, cle.niveau) - begin + 1, ordre=place - begin + 1
    )
    del cle, ordered
    lines = numbered["ligne"]
    named = [scores[nom] for nom in ("numero_unique", "systeme", "classe", "total")]
    if territoires is not None:
        named.append(territoires.alias("territoire"))
    # a gather over several chunks costs ten times more than one over a single chunk
    gathered = [column.rechunk().gather(lines) for column in named]
    return pl.DataFrame([*gathered, *(numbered[nom] for nom in ("typologie", "rang", "ordre"))])


def _first_place(place: pl.Expr, shift: int) -> pl.Expr:
    """Place of the first row that shares the fields of the key above ``shift``."""
    part = pl.col("cle") & pl.lit(-(1 << shift), dtype=pl.Int64)
    return pl.when(part != part.shift()).then(place).otherwise(pl.lit(0, dtype=pl.Int32)).cum_max()


def _pack(
    scores: pl.DataFrame, demandes: pl.DataFrame, grille: Grille, territoires: pl.Series | None
) -> _Cle:
    """Make the long table of packed keys, one row per request and wished typology, in order."""
    queue = [] if territoires is None else [_coded(territoires)]
    queue.append(_coded(scores["systeme"]))
    above = [_part(scores["classe_rang"]), _part(scores["total"], descendant=True)]
    parts = [*queue, _Part(pl.Series([0]), 0, _SANS_SOUHAIT - 1), *above]
    left = _BITS - sum(p.bits for p in parts)
    lost, reste = 0, [name for name in grille.departage if name.lstrip("-") in demandes.columns]
    while reste and left > 0:
        part = _departage(demandes[reste[0].lstrip("-")], reste[0].startswith("-"))
        if part is None:
            break
        lost = max(0, part.bits - left)
        left -= part.bits - lost
        parts.append(part)
        if lost:
            break
        reste.pop(0)
    shifts = [sum(p.bits for p in parts[place + 1 :]) - lost for place in range(len(parts))]
    shifts[-1] = max(shifts[-1], 0)
    wish = len(queue)
    frame = pl.DataFrame({f"p{i}": p.valeurs for i, p in enumerate(parts) if i != wish})
    key = pl.lit(0, dtype=pl.Int64)
    for i, (part, shift) in enumerate(zip(parts, shifts, strict=True)):
        if i != wish and part.bits:
            value = part.expr(f"p{i}")
            last = i == len(parts) - 1 and lost
            key = key + (value // (1 << lost) if last else value * (1 << shift))
    typologies = (
        demandes["typologies"] if "typologies" in demandes.columns else pl.Series([None], dtype=pl.UInt8)
    )
    kept = (
        frame.lazy()
        .select(
            cle=key,
            ligne=pl.int_range(pl.len(), dtype=pl.UInt32),
            souhaits=pl.lit(typologies),
            etat=pl.lit(scores["etat"]),
        )
        .filter(pl.col("etat").is_in(list(NOTES)))
        .drop("etat")
        .collect(engine="streaming")
    )
    return _Cle(
        _explode(kept, shifts[wish]).sort("cle"), shifts[wish], shifts[wish + 2], shifts[wish], tuple(reste)
    )


def _explode(kept: pl.DataFrame, shift: int) -> pl.DataFrame:
    """One row per request and wished typology."""
    wishes = pl.col("souhaits")
    tests = [(wishes & (1 << place)) != 0 for place in range(len(colonne("typologies").codes))]
    parts = [
        kept.lazy().filter(test).select("ligne", cle=pl.col("cle") + (place << shift))
        for place, test in enumerate([*tests, (wishes == 0).fill_null(True)])
    ]
    return pl.concat(pl.collect_all(parts, engine="streaming"))


def _part(valeurs: pl.Series, descendant: bool = False) -> _Part:
    bas, haut = valeurs.min(), valeurs.max()
    return _Part(valeurs, 0 if bas is None else int(bas), -1 if haut is None else int(haut), descendant)  # type: ignore[arg-type]


def _coded(valeurs: pl.Series) -> _Part:
    """Turn names into integers that sort as they do."""
    if not isinstance(valeurs.dtype, pl.Enum):
        valeurs = valeurs.cast(pl.String)
        valeurs = valeurs.cast(pl.Enum(valeurs.unique().drop_nulls().sort()))
    return _part(valeurs.to_physical())


def _departage(valeurs: pl.Series, descendant: bool) -> _Part | None:
    """Turn a column of the chain into integers; None if it is a text or a list."""
    if isinstance(valeurs.dtype, pl.String | pl.List):
        return None
    if valeurs.dtype == pl.Boolean():
        valeurs = valeurs.cast(pl.UInt8)
    return _part(valeurs.to_physical(), descendant)


def _settle(cle: _Cle, scores: pl.DataFrame, demandes: pl.DataFrame, grille: Grille) -> pl.DataFrame:
    """Order the rows whose keys are equal by the rest of the chain."""
    long = cle.longue
    equal = (long["cle"] == long["cle"].shift()).fill_null(False)
    if not equal.any():
        return long
    places = (equal | equal.shift(-1, fill_value=False)).arg_true()
    few = long[places]
    names = [name.lstrip("-") for name in cle.reste]
    few = few.with_columns(demandes[nom].gather(few["ligne"]) for nom in names)
    if "numero_unique" not in {name.lstrip("-") for name in grille.departage}:
        _refuse_equal(few.select("cle", *names))
    descending = [False, *(name.startswith("-") for name in cle.reste)]
    right = few.sort("cle", *names, descending=descending, nulls_last=True)["ligne"]
    return long.with_columns(long["ligne"].scatter(places, right))


def _refuse_equal(keys: pl.DataFrame) -> None:
    equal = keys.height - keys.unique().height
    if equal:
        raise TableError(
            Problem(
                "COT-081",
                "départage",
                f"La chaîne de départage laisse {equal} demandes à égalité.",
                "Terminez-la par « numero_unique ».",
                "aucun départage n'est fait par l'ordre des lignes",
            )
        )
