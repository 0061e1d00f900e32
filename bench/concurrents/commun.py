"""What the two Polars contestants share: loading, digests, ranking checks."""

from __future__ import annotations

import sys

import polars as pl

from bench import constantes as k
from bench.donnees import stock
from bench.mesure import Empreinte


def load() -> pl.DataFrame:
    """Read the stock of the size given on the command line, in one block of memory."""
    return pl.read_ipc(stock(int(sys.argv[1])).with_suffix(".arrow"))


def digest(table: pl.DataFrame, tout: bool = True) -> str:
    """Digest of points and total; with ``tout`` also the verified total, the state and what is missing."""
    made = Empreinte(table.height)
    names = [f"pts__{c}" for c in k.criteres()] + ["total"]
    if tout:
        names += ["total_verifie", "etat", "manque"]
    for nom in names:
        column = table[nom]
        if isinstance(column.dtype, pl.Enum):
            column = column.to_physical()
        known = column.is_not_null().to_numpy() if column.null_count() else None
        made.add(nom, column.fill_null(0).cast(pl.Int64).to_numpy(), known)
    return made.text()


def digest_rang(files: pl.DataFrame) -> str:
    """Digest of the queues, whatever the order of their rows."""
    u64 = pl.UInt64
    serial = pl.col("numero_unique").str.slice(7, 6).cast(u64)
    place = pl.col("territoire").cast(pl.String).cast(u64) * 8 + pl.col("typologie").to_physical().fill_null(
        7
    ).cast(u64)
    rang, ordre, total = (pl.col(c).cast(u64) for c in ("rang", "ordre", "total"))
    sums = files.select(
        pl.len(), (rang * place).sum(), (ordre * serial).sum().alias("o"), (rang * serial).sum().alias("r"),
        (ordre * total * place).sum().alias("t"),
    )  # fmt: skip
    return "-".join(str(v) for v in sums.row(0))
