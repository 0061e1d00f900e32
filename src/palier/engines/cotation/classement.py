"""Queues: rank and order of the scored requests, by territory, system and typology.

A request that wishes two typologies stands in two queues, so the result is a
long table. ``rang`` is the competition rank by class and total (ties share
it); ``ordre`` follows the tie-break chain that the grid declares. Neither
depends on the order of the rows given.

All that orders two requests is packed into one integer, most significant
first, so that the queues are one sort of integers; what does not fit (texts,
the end of an instant) only sorts the rows that are still equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from palier.base.errors import Problem, TableError
from palier.engines.cotation.model.nodes import NOTES, Grille
from palier.tables import colonne

_BITS = 63


@dataclass(frozen=True)
class _Champ:
    """One field of the packed key: integers between two bounds, null after all others.

    ``perdus`` low bits did not fit.
    """

    valeurs: pl.Series
    bas: int
    haut: int
    descendant: bool = False
    perdus: int = 0

    @property
    def bits(self) -> int:
        """Width that holds every value and the null one."""
        return (self.haut - self.bas + 1).bit_length() - self.perdus

    def expr(self) -> pl.Expr:
        """Value from 0, in the order of the sort."""
        value = pl.col(self.valeurs.name).cast(pl.Int64)
        made = self.haut - value if self.descendant else value - self.bas
        if self.valeurs.null_count():
            made = made.fill_null(self.haut - self.bas + 1)
        return made // (1 << self.perdus) if self.perdus else made


@dataclass(frozen=True)
class _Cles:
    """One row per request and wished typology: its packed key and its line among the scores.

    The typology is the field that begins at bit ``file``, the total the one
    that begins at bit ``niveau``; ``reste`` is the part of the chain that the
    key does not hold.
    """

    longue: pl.DataFrame
    file: int
    niveau: int
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
    cles = _keys(scores, demandes, grille, territoires)
    ordered = _settle(cles, demandes, grille)
    codes = colonne("typologies").codes
    wish = (pl.col("cle") // (1 << cles.file)) & ((1 << _width(codes)) - 1)
    named = pl.when(wish < len(codes)).then(wish.cast(pl.UInt8)).cat.to(colonne("typologie").dtype)
    place = pl.int_range(pl.len(), dtype=pl.Int32)
    begin = _first_place(place, cles.file)
    rank = _first_place(place, cles.niveau) - begin + 1
    numbered = ordered.select("ligne", typologie=named, rang=rank, ordre=place - begin + 1)
    del cles, ordered
    columns = [scores[nom] for nom in ("numero_unique", "systeme", "classe", "total")]
    if territoires is not None:
        columns.append(territoires.alias("territoire"))
    # a gather over several chunks costs ten times more than one over a single chunk
    gathered = [column.rechunk().gather(numbered["ligne"]) for column in columns]
    return pl.DataFrame([*gathered, *(numbered[nom] for nom in ("typologie", "rang", "ordre"))])


def _width(codes: tuple[str, ...]) -> int:
    """Bits of the typology: one more value for the requests without a wish."""
    return len(codes).bit_length()


def _first_place(place: pl.Expr, shift: int) -> pl.Expr:
    """Place of the first row that shares the bits of the key from ``shift`` on."""
    above = pl.col("cle") & pl.lit(-(1 << shift), dtype=pl.Int64)
    return pl.when(above != above.shift()).then(place).otherwise(pl.lit(0, dtype=pl.Int32)).cum_max()


def _keys(
    scores: pl.DataFrame, demandes: pl.DataFrame, grille: Grille, territoires: pl.Series | None
) -> _Cles:
    """Pack and sort the keys: territory, system, typology, class, total, then the chain."""
    queue = [] if territoires is None else [_coded(territoires.alias("territoire"))]
    queue.append(_coded(scores["systeme"]))
    level = [_field(scores["classe_rang"]), _field(scores["total"], descendant=True)]
    width = _width(colonne("typologies").codes)
    left = _BITS - width - sum(field.bits for field in (*queue, *level))
    chain, rest = _chain(demandes, grille, left)
    niveau = sum(field.bits for field in chain)
    file = niveau + sum(field.bits for field in level)
    key = pl.lit(0, dtype=pl.Int64)
    for field in queue:
        key = key * (1 << field.bits) + field.expr()
    key = key * (1 << width)
    for field in (*level, *chain):
        key = key * (1 << field.bits) + field.expr()
    wished = demandes["typologies"] if "typologies" in demandes.columns else None
    souhaits = pl.Series("souhaits", [0], dtype=pl.UInt32).new_from_index(0, scores.height)
    kept = (
        pl.DataFrame([*(f.valeurs for f in (*queue, *level, *chain)), scores["etat"]])
        .with_columns(souhaits if wished is None else wished.alias("souhaits"))
        .lazy()
        .select("souhaits", "etat", cle=key, ligne=pl.int_range(pl.len(), dtype=pl.UInt32))
        .filter(pl.col("etat").is_in(list(NOTES)))
        .collect(engine="streaming")
    )
    longue = _explode(kept, file)
    del kept  # the sort copies what it is given: at national size each table counts
    return _Cles(longue.sort("cle"), file, niveau, rest)


def _chain(demandes: pl.DataFrame, grille: Grille, left: int) -> tuple[list[_Champ], tuple[str, ...]]:
    """Take the columns of the chain while bits are left; return what remains to be compared."""
    fields: list[_Champ] = []
    names = [name for name in grille.departage if name.lstrip("-") in demandes.columns]
    for place, name in enumerate(names):
        values = demandes[name.lstrip("-")]
        if left <= 0 or isinstance(values.dtype, pl.String | pl.List):
            return fields, tuple(names[place:])
        whole = _field(values.alias(f"chaine_{place}"), descendant=name.startswith("-"))
        lost = max(0, whole.bits - left)
        field = _Champ(whole.valeurs, whole.bas, whole.haut, whole.descendant, lost)
        fields.append(field)
        left -= field.bits
        if lost:
            return fields, tuple(names[place:])
    return fields, ()


def _explode(kept: pl.DataFrame, shift: int) -> pl.DataFrame:
    """One row per request and wished typology; those without a wish come last."""
    wishes = pl.col("souhaits")
    tests = [(wishes & (1 << place)) != 0 for place in range(len(colonne("typologies").codes))]
    parts = [
        kept.lazy().filter(test).select("ligne", cle=pl.col("cle") + (place << shift))
        for place, test in enumerate([*tests, (wishes == 0).fill_null(True)])
    ]
    return pl.concat(pl.collect_all(parts, engine="streaming"))


def _field(valeurs: pl.Series, descendant: bool = False) -> _Champ:
    values = valeurs.cast(pl.UInt8) if valeurs.dtype == pl.Boolean() else valeurs.to_physical()
    low, high = values.min(), values.max()
    if not isinstance(low, int) or not isinstance(high, int):
        return _Champ(values, 0, -1, descendant)
    return _Champ(values, low, high, descendant)


def _coded(valeurs: pl.Series) -> _Champ:
    """Turn names into integers that sort as they do."""
    if not isinstance(valeurs.dtype, pl.Enum):
        valeurs = valeurs.cast(pl.String)
        valeurs = valeurs.cast(pl.Enum(valeurs.unique().drop_nulls().sort()))
    return _field(valeurs)


def _settle(cles: _Cles, demandes: pl.DataFrame, grille: Grille) -> pl.DataFrame:
    """Order the rows whose keys are equal by the rest of the chain."""
    long = cles.longue
    equal = (long["cle"] == long["cle"].shift()).fill_null(False)
    if not equal.any():
        return long
    places = (equal | equal.shift(-1, fill_value=False)).arg_true()
    few = long[places]
    names = [name.lstrip("-") for name in cles.reste]
    few = few.with_columns(demandes[nom].gather(few["ligne"]) for nom in names)
    if "numero_unique" not in grille.departage and "-numero_unique" not in grille.departage:
        _refuse_equal(few.select("cle", *names))
    descending = [False, *(name.startswith("-") for name in cles.reste)]
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
