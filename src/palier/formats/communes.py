"""Commune codes that the official list does not know: refused, with where a former one has gone."""

from __future__ import annotations

import polars as pl

from palier.formats.entetes import Champ
from palier.formats.lot import Lot
from palier.tables.communes import communes


def check_communes(champ: Champ, valeurs: pl.Series, lot: Lot, brut: pl.Series | None = None) -> pl.Series:
    """Report the codes of no commune (TAB-058) and of a former one (TAB-059), and make them null.

    Parameters
    ----------
    champ : Champ
        A column of codes; the values have their shape already.
    valeurs : polars.Series of String or of List(String)
        What was read.
    lot : Lot
        Receives the faults.
    brut : polars.Series, optional
        The cells, shown where the column allows it.
    """
    listed = valeurs.dtype.is_nested()
    known = communes()
    flat = (valeurs.explode() if listed else valeurs).drop_nulls().unique()
    bad = [code for code in flat.to_list() if code not in known.codes]
    if not bad:
        return valeurs
    former = [code for code in bad if code in known.anciennes]
    unknown = [code for code in bad if code not in known.anciennes]
    lot.signaler("TAB-058", _has(valeurs, unknown), champ.colonne, champ.entete, brut, _vintage())
    shown = sorted(former)[:5] if champ.colonne.sensibilite <= 1 else []
    moves = " ".join(f"{code} : aujourd'hui {known.anciennes[code]}." for code in shown)
    lot.signaler("TAB-059", _has(valeurs, former), champ.colonne, champ.entete, brut, moves)
    return pl.select(pl.when(~_has(valeurs, bad)).then(valeurs)).to_series()


def _has(valeurs: pl.Series, codes: list[str]) -> pl.Series:
    """Tell, for each row, whether it holds one of these codes."""
    if valeurs.dtype.is_nested():
        return valeurs.list.eval(pl.element().is_in(codes)).list.any().fill_null(value=False)
    return valeurs.is_in(codes).fill_null(value=False)


def _vintage() -> str:
    return f"Liste officielle du {communes().millesime:%d/%m/%Y}."
