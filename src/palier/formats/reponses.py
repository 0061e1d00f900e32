"""Answers taken in a list: yes and no, codes, sets of codes, communes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import polars as pl

from palier.base.identifiers import COMMUNE
from palier.formats.entetes import key
from palier.formats.formes import codes_of
from palier.tables.registre import Colonne

_SEPARATORS = r"\s*[|;,]\s*"
_SEVERAL = r"[|;]"
_CELL = pl.col("t")
_NONE = ("aucun", "aucune")
_OUI_NON = pl.Enum(["non", "oui"])
V = TypeVar("V", bool, str, int)


def ascii_only(motif: str) -> str:
    r"""Keep the digits of a pattern to 0-9: Polars reads ``\d`` as any digit of any script."""
    return motif.replace(r"\d", "[0-9]")


def look_up(mots: pl.Series, table: Mapping[str, V], dtype: pl.DataType) -> pl.Series:
    """Look words up, first as they are, then reduced to their letters and digits; null if unknown."""
    distinct = mots.drop_nulls().unique()
    found = [table[word] if word in table else table.get(key(word)) for word in distinct]
    answers = pl.DataFrame({"m": distinct, "v": pl.Series(found, dtype=dtype)})
    return mots.to_frame("m").join(answers, on="m", how="left", maintain_order="left")["v"]


def plain_booleens(brut: pl.Series) -> pl.Series:
    """Read ``oui`` and ``non``; null for all others."""
    return brut.cast(_OUI_NON, strict=False) == "oui"


def plain_communes(brut: pl.Series) -> pl.Series:
    """Keep the INSEE codes of communes written alone; null for all others."""
    return pl.select(pl.when(brut.str.contains(ascii_only(COMMUNE))).then(brut)).to_series()


def plain_ensembles(brut: pl.Series, colonne: Colonne) -> pl.Series:
    """Read the sets written with exact codes, each once: ``a|b``, or ``aucun``; null for all others."""
    bits = [1 << place for place in range(len(colonne.codes))]
    one = pl.element().replace_strict(list(colonne.codes), bits, default=None, return_dtype=pl.UInt64())
    limit, words, held = colonne.max_codes or len(bits), pl.col("m").list, pl.col("b").list
    good = (held.drop_nulls().list.len() == words.len()) & (words.len() <= limit)
    once = held.sum().bitwise_count_ones() == words.len()
    empty = [word for word in _NONE if word not in codes_of(colonne)]
    answers = (
        brut.drop_nulls().unique().to_frame("t").with_columns(_CELL.str.split("|").alias("m"))
        .with_columns(words.eval(one).alias("b"))
        .select("t", pl.when(_CELL.is_in(empty)).then(0).when(good & once).then(held.sum()).alias("v"))
        .cast({"v": colonne.dtype})
    )  # fmt: skip
    return brut.to_frame("t").join(answers, on="t", how="left", maintain_order="left")["v"]


def plain_listes(brut: pl.Series, colonne: Colonne) -> pl.Series:
    """Read the codes of communes separated by ``|``, each once; null for all others."""
    code = ascii_only(COMMUNE).strip("^$")
    several = rf"^{code}(\|{code}){{0,{(colonne.max_codes or 1) - 1}}}$"
    cells = pl.when(brut.str.contains(several)).then(brut).str.split("|")
    read = pl.select(cells.alias("v"))
    return read.select(pl.when(pl.col("v").list.n_unique() == pl.col("v").list.len()).then("v")).to_series()


def _faults(fault: pl.Expr, frame: pl.DataFrame) -> pl.Series:
    return frame.select(fault.cast(pl.String).alias("f")).to_series()


def parse_mots(textes: pl.Series, table: Mapping[str, bool]) -> tuple[pl.Series, pl.Series]:
    """Read yes and no.

    Returns
    -------
    values : polars.Series of Boolean
    faults : polars.Series of String
        TAB-053, or null.
    """
    values = look_up(textes, table, pl.Boolean())
    return values, _faults(pl.when(pl.col("v").is_null()).then(pl.lit("TAB-053")), values.to_frame("v"))


def parse_codes(textes: pl.Series, table: Mapping[str, str], colonne: Colonne) -> tuple[pl.Series, pl.Series]:
    """Read one code in a single-choice column.

    Returns
    -------
    values : polars.Series of Enum
    faults : polars.Series of String
        TAB-050 (unknown), TAB-051 (two boxes), or null.
    """
    values = look_up(textes, table, colonne.dtype)
    fault = (
        pl.when(pl.col("v").is_not_null()).then(None)
        .when(pl.col("t").str.contains(_SEVERAL)).then(pl.lit("TAB-051"))
        .otherwise(pl.lit("TAB-050"))
    )  # fmt: skip
    return values, _faults(fault, pl.DataFrame({"t": textes, "v": values}))


def _parts(distinct: pl.Series, separators: pl.Expr) -> pl.DataFrame:
    """Cut each distinct cell at its separators, written ``|``: ``t`` the cell, ``m`` one answer."""
    cut = separators.str.strip_chars("| ").str.split("|").alias("m")
    return distinct.to_frame("t").with_columns(cut).explode("m").filter(pl.col("m") != "")


def _commas() -> pl.Expr:
    return _CELL.str.replace_all(_SEPARATORS, "|")


def _spread(textes: pl.Series, answers: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    joined = textes.to_frame("t").join(answers, on="t", how="left", maintain_order="left")
    return joined["v"], joined["f"]


def parse_ensembles(
    textes: pl.Series, table: Mapping[str, str], colonne: Colonne
) -> tuple[pl.Series, pl.Series]:
    """Read sets of codes separated by ``|``, ``;`` or ``,``; ``aucun`` is the empty set, which is known.

    Returns
    -------
    values : polars.Series of UInt32 or UInt64
        Bit ``i`` is code ``i`` of the column.
    faults : polars.Series of String
        TAB-050 (unknown), TAB-052 (too many), TAB-056 (twice, a warning), or null.
    """
    distinct = textes.unique()
    bits = dict.fromkeys(_NONE, 0) | {form: colonne.bit(code) for form, code in table.items()}
    # a label may be several words, or hold a comma: only a cell without | nor ; may be one label
    label = pl.select(pl.when(~distinct.str.contains(_SEVERAL)).then(distinct)).to_series()
    whole = look_up(label, bits, colonne.dtype)
    strong = _CELL.str.replace_all(r"\s*[|;]\s*", "|")
    parts = _parts(
        distinct, pl.when(strong.str.contains("|", literal=True)).then(strong).otherwise(_commas())
    )
    parts = parts.with_columns(look_up(parts["m"], bits, colonne.dtype).alias("b"))
    limit = colonne.max_codes or len(colonne.codes)
    answers = parts.group_by("t").agg(
        pl.col("b").unique().sum().cast(colonne.dtype).alias("v"),
        pl.when(pl.col("b").is_null().any()).then(pl.lit("TAB-050"))
        .when(pl.col("b").n_unique() > limit).then(pl.lit("TAB-052"))
        .when(pl.col("b").n_unique() < pl.len()).then(pl.lit("TAB-056"))
        .alias("f"),
    )  # fmt: skip
    known = pl.DataFrame({"t": distinct, "w": whole}).join(answers, on="t", how="left").select(
        "t",
        pl.when(pl.col("w").is_not_null()).then(pl.col("w"))
        .when(pl.col("f").is_null() | (pl.col("f") == "TAB-056")).then(pl.col("v")).alias("v"),
        pl.when(pl.col("w").is_null()).then(pl.col("f")).alias("f"),
    )  # fmt: skip
    return _spread(textes, known)


def parse_listes(textes: pl.Series, colonne: Colonne) -> tuple[pl.Series, pl.Series]:
    """Read INSEE codes of communes separated by ``|``, ``;`` or ``,``, in their order.

    Returns
    -------
    values : polars.Series of List(String)
    faults : polars.Series of String
        TAB-052 (too many), TAB-054 (no INSEE code), TAB-055 (lost zero),
        TAB-056 (twice, a warning), or null.
    """
    limit = colonne.max_codes or 1
    one = pl.col("m")
    answers = _parts(textes.unique(), _commas()).group_by("t", maintain_order=True).agg(
        one.unique(maintain_order=True).alias("v"),
        pl.when(one.str.contains(r"^\d{4}$").any()).then(pl.lit("TAB-055"))
        .when(~one.str.contains(ascii_only(COMMUNE)).all()).then(pl.lit("TAB-054"))
        .when(one.n_unique() > limit).then(pl.lit("TAB-052"))
        .when(one.n_unique() < pl.len()).then(pl.lit("TAB-056"))
        .alias("f"),
    )  # fmt: skip
    good = pl.col("f").is_null() | (pl.col("f") == "TAB-056")
    return _spread(textes, answers.with_columns(pl.when(good).then(pl.col("v")).alias("v")))
