"""Queues: rank and order of the scored requests, by territory, system and typology.

A request that wishes two typologies stands in two queues, so the result is a
long table. ``rang`` is the competition rank by class and total (ties share
it); ``ordre`` follows the tie-break chain that the grid declares. Neither
depends on the order of the rows given.
"""

from __future__ import annotations

import polars as pl

from palier.base.errors import Problem, TableError
from palier.engines.cotation.model.nodes import Grille
from palier.tables import colonne
from palier.tables.choix import choose

NOTES = ("note", "note_partielle")
_TOTAL = 1 << 21


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
        ``numero_unique``, ``territoire`` (if given), ``systeme``, ``typologie``
        (null where no wish is known), ``classe``, ``total`` [points], ``rang``,
        ``ordre``; sorted by queue and order.

    Raises
    ------
    TableError
        COT-081 if the tie-break chain leaves two requests equal.
    """
    keys = [name.lstrip("-") for name in grille.departage]
    held = scores.select("numero_unique", "systeme", "classe", "total", _rank_key(scores)).with_columns(
        demandes[k] if k in demandes.columns else pl.lit(None).alias(k) for k in keys if k != "numero_unique"
    )
    if territoires is not None:
        held = held.with_columns(territoires.alias("territoire"))
    wishes = demandes["typologies"] if "typologies" in demandes.columns else None
    kept = scores["etat"].is_in(list(NOTES))
    long = _explode(held.filter(kept), wishes.filter(kept) if wishes is not None else None)
    queue = [*(["territoire"] if territoires is not None else []), "systeme", "typologie"]
    order = [*queue, "__cle", *keys]
    descending = [False] * (len(queue) + 1) + [name.startswith("-") for name in grille.departage]
    ordered = long.sort(order, descending=descending, nulls_last=True)
    return _number(ordered, queue, keys).drop("__cle", *(k for k in keys if k != "numero_unique"))


def _rank_key(scores: pl.DataFrame) -> pl.Expr:
    """Class first, then the highest total: one integer that sorts ascending."""
    return (pl.col("classe_rang").cast(pl.Int64) * (2 * _TOTAL) + (_TOTAL - pl.col("total"))).alias("__cle")


def _explode(held: pl.DataFrame, wishes: pl.Series | None) -> pl.DataFrame:
    """One row per request and wished typology."""
    codes = colonne("typologies").codes
    dtype = colonne("typologie").dtype
    if wishes is None:
        return held.with_columns(pl.lit(None, dtype=dtype).alias("typologie"))
    parts = []
    for place, code in enumerate(codes):
        rows = held.filter((wishes & (1 << place)) != 0)
        parts.append(rows.with_columns(pl.lit(code, dtype=dtype).alias("typologie")))
    unknown = held.filter(wishes.is_null() | (wishes == 0))
    parts.append(unknown.with_columns(pl.lit(None, dtype=dtype).alias("typologie")))
    return pl.concat(parts)


def _number(ordered: pl.DataFrame, queue: list[str], keys: list[str]) -> pl.DataFrame:
    """Give its rank and order to each row of a queue, ties of class and total sharing their rank."""
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    first = pl.any_horizontal(pl.col(c).ne_missing(pl.col(c).shift()) for c in queue) | (place == 0)
    numbered = ordered.with_columns(__place=place, __debut=first)
    tie = pl.col("__debut") | (pl.col("__cle") != pl.col("__cle").shift())
    begin = choose([(pl.col("__debut"), pl.col("__place"))]).forward_fill()
    level = choose([(tie, pl.col("__place"))]).forward_fill()
    if "numero_unique" not in keys:
        _refuse_equal(ordered, [*queue, "__cle", *keys])
    return numbered.with_columns(rang=level - begin + 1, ordre=pl.col("__place") - begin + 1).drop(
        "__place", "__debut"
    )


def _refuse_equal(ordered: pl.DataFrame, keys: list[str]) -> None:
    equal = ordered.height - ordered.select(keys).unique().height
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
