"""Find keys used twice across batches, in a few bytes per row."""

from __future__ import annotations

import polars as pl


class Doublons:
    """Remembers two 64-bit hashes of each key and its line: 24 bytes per row.

    Parameters
    ----------
    cle : tuple of str
        Columns of the key; no key, no duplicate.
    """

    def __init__(self, cle: tuple[str, ...]) -> None:
        self.cle = list(cle)
        self._seen: list[pl.DataFrame] = []

    def _hashed(self, table: pl.DataFrame) -> pl.DataFrame:
        keys = pl.struct(self.cle) if len(self.cle) > 1 else pl.col(self.cle[0])
        return table.select(keys.hash(seed=1).alias("a"), keys.hash(seed=2).alias("b"))

    def add(self, table: pl.DataFrame, lignes: pl.Series) -> None:
        """Remember the keys of a batch; a row without its whole key is left out."""
        if not self.cle:
            return
        whole = table.select(pl.all_horizontal(pl.col(self.cle).is_not_null())).to_series()
        self._seen.append(
            self._hashed(table).with_columns(lignes.cast(pl.Int64).alias("ligne")).filter(whole)
        )

    def lignes(self) -> pl.Series:
        """Return the lines whose key is used on several lines, in order."""
        if not self._seen:
            return pl.Series("ligne", [], dtype=pl.Int64)
        seen = pl.concat(self._seen)
        self._seen = [seen]
        ordered = seen["a"].sort()
        if not (ordered == ordered.shift(1)).any():
            return pl.Series("ligne", [], dtype=pl.Int64)
        return seen.filter(pl.struct("a", "b").is_duplicated())["ligne"].sort()

    def keep(self, table: pl.DataFrame, lignes: pl.Series) -> pl.Series:
        """Tell which rows of a table have a key that :meth:`lignes` did not report."""
        doubled = self._seen[0].filter(pl.col("ligne").is_in(lignes.implode())).unique(["a", "b"])
        marked = self._hashed(table).join(
            doubled.with_columns(pl.lit(value=True).alias("d")),
            on=["a", "b"],
            how="left",
            maintain_order="left",
        )
        return marked["d"].is_null()
