"""The neighbour's queues: the best ranking that we could write by hand in Polars.

One integer holds territory, typology, total, day and second, so that a queue is
one sort of integers; rows that are still equal (same second) are put right
afterwards, and only they.
"""

from __future__ import annotations

import polars as pl

from bench import constantes as k

C = pl.col
SECONDE, JOUR, TOTAL, TYPO = 0, 17, 34, 44  # first bit of each part
TERRITOIRE = 48


def rank(scores: pl.DataFrame, demandes: pl.DataFrame) -> pl.DataFrame:
    """Rank by total and order by filing date, instant and number, in each territory and wished typology."""
    i64 = pl.Int64
    filed = C("date_depot_initial").to_physical().cast(i64)
    second = (C("horodatage_depot").to_physical() - filed * 86_400_000_000) // 1_000_000
    read = ("territoire", "date_depot_initial", "horodatage_depot", "typologies")
    held = pl.DataFrame([scores["total"], *(demandes[c] for c in read)])
    key = (
        C("territoire").to_physical().cast(i64) * (1 << TERRITOIRE)
        + (1023 - C("total").cast(i64)) * (1 << TOTAL) + (filed + k.DECALAGE) * (1 << JOUR) + second
    )  # fmt: skip
    kept = (
        held.lazy()
        .select(
            "typologies",
            cle=key,
            rang=pl.int_range(pl.len(), dtype=pl.UInt32),
            juste=second.is_between(0, 86_399),
        )
        .filter(C("cle").is_not_null())
        .collect(engine="streaming")
    )
    assert kept["juste"].all(), "the instant must be on the day of filing"
    wished = [(C("typologies") & (1 << place)) != 0 for place in range(len(k.TYPOLOGIES))]
    wished.append((C("typologies") == 0).fill_null(True))
    parts = [
        kept.lazy().filter(test).select(rang="rang", cle=C("cle") + (place << TYPO))
        for place, test in enumerate(wished)
    ]
    long = pl.concat(pl.collect_all(parts, engine="streaming")).sort("cle")
    long = _ties(long, demandes)
    here = pl.int_range(pl.len(), dtype=pl.Int32)
    typology = (C("cle") // (1 << TYPO)) & 15
    return long.lazy().with_columns(
        place=here, debut=_first(here, TYPO), egal=_first(here, TOTAL)
    ).select(
        pl.lit(demandes["numero_unique"]).gather(C("rang")).alias("numero_unique"),
        pl.lit(scores["total"].rechunk()).gather(C("rang")).alias("total"),
        territoire=(C("cle") // (1 << TERRITOIRE)).cast(pl.UInt8).cat.to(demandes.schema["territoire"]),
        typologie=pl.when(typology < 7).then(typology.cast(pl.UInt8)).cat.to(k.TYPOLOGIE),
        rang=C("egal") - C("debut") + 1, ordre=C("place") - C("debut") + 1,
    ).collect()  # fmt: skip


def _first(here: pl.Expr, shift: int) -> pl.Expr:
    """Place of the first row that shares the bits above ``shift``."""
    above = C("cle") & pl.lit(-(1 << shift), dtype=pl.Int64)
    return pl.when(above != above.shift()).then(here).otherwise(pl.lit(0, dtype=pl.Int32)).cum_max()


def _ties(long: pl.DataFrame, demandes: pl.DataFrame) -> pl.DataFrame:
    """Put the rows of one second in the order of the instant and the number."""
    equal = (long["cle"] == long["cle"].shift()).fill_null(False)
    if not equal.any():
        return long
    both = equal | equal.shift(-1, fill_value=False)
    places = both.arg_true()
    few = long[places].with_columns(
        demandes["horodatage_depot"].gather(long["rang"][places]),
        demandes["numero_unique"].gather(long["rang"][places]),
    )
    right = few.sort("cle", "horodatage_depot", "numero_unique")["rang"]
    return long.with_columns(long["rang"].scatter(places, right))
