"""What the tests of invented data share."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import polars as pl

from palier.synthetic import Territoire, generate_territoire

AU = dt.date(2026, 11, 24)
TABLES = ("demandes", "personnes", "evenements", "publics", "logements", "baux", "propositions", "decisions")


@cache
def territoire(graine: int = 1, taille: float = 1.0) -> Territoire:
    return generate_territoire(graine, AU, taille)


def to_bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer)
    return buffer.getvalue()


def has(colonne: str, bit: int) -> pl.Expr:
    return pl.col(colonne) & (1 << bit) != 0
