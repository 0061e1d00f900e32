"""Columns that arrive typed, from parquet: same checks as text, no reading."""

from __future__ import annotations

import polars as pl

from palier.formats.cellules import check_range, convert
from palier.formats.entetes import Champ
from palier.formats.lot import Lot


def convert_typed(champ: Champ, serie: pl.Series, lot: Lot) -> pl.Series:
    """Check one typed column of one batch.

    Parameters
    ----------
    champ : Champ
        Title, column and unit factor.
    serie : polars.Series
        Of a type accepted by ``is_convertible``.
    lot : Lot
        Receives the faults.

    Returns
    -------
    polars.Series
        Of the type of the column; null where empty or at fault.
    """
    colonne, kind = champ.colonne, serie.dtype
    if kind == pl.Null():
        return pl.repeat(None, serie.len(), dtype=colonne.dtype, eager=True).alias(colonne.nom)
    if isinstance(kind, pl.Enum) and kind == colonne.dtype:
        return serie.alias(colonne.nom)
    if isinstance(kind, pl.Enum | pl.Categorical):
        serie = serie.cast(pl.String)
    elif isinstance(kind, pl.List):
        serie = serie.list.join("|")
    if serie.dtype == pl.String():
        return convert(champ, pl.select(pl.when(serie != "").then(serie)).to_series(), lot)
    if colonne.type == "ensemble":
        return _check_set(champ, serie, lot)
    if colonne.type in ("entier", "cent"):
        wide = serie.cast(pl.Int64, strict=False)
        lot.signaler("TAB-045", wide.is_null() & serie.is_not_null(), colonne, champ.entete)
        return check_range(champ, wide * champ.facteur, lot).cast(colonne.dtype).alias(colonne.nom)
    if colonne.type == "degre":
        degrees = serie.cast(colonne.dtype, strict=False)
        lot.signaler("TAB-045", degrees.is_null() & serie.is_not_null(), colonne, champ.entete)
        return degrees.alias(colonne.nom)
    return check_range(champ, serie, lot).cast(colonne.dtype).alias(colonne.nom)


def _check_set(champ: Champ, serie: pl.Series, lot: Lot) -> pl.Series:
    colonne = champ.colonne
    values = serie.cast(pl.UInt64, strict=False)
    unknown = (values.is_null() & serie.is_not_null()) | (values >= 1 << len(colonne.codes))
    lot.signaler("TAB-050", unknown, colonne, champ.entete, detail="Un bit ne correspond à aucun code.")
    many = values.bitwise_count_ones() > (colonne.max_codes or len(colonne.codes))
    lot.signaler("TAB-052", many & ~unknown, colonne, champ.entete, detail=f"Maximum : {colonne.max_codes}.")
    good = ~unknown.fill_null(value=True) & ~many.fill_null(value=True)
    return pl.select(pl.when(good).then(values)).to_series().cast(colonne.dtype).alias(colonne.nom)
