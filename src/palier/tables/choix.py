"""Small pieces of expressions: typed literals, and the first test that holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import polars as pl


@cache
def literal(value: int | str | None, dtype: pl.DataType | None = None) -> pl.Expr:
    """Write a literal with its type (16 bits by default), so that columns stay narrow."""
    # the cast is folded into the literal: half the work of ``pl.lit(value, dtype)``
    return pl.lit(value).cast((dtype or pl.Int16()).to_dtype_expr())


def choose(pairs: Iterable[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr | None = None) -> pl.Expr:
    """Build a chain of ``when``.

    Parameters
    ----------
    pairs : iterable of (test, value)
        In order; a test that is null does not hold.
    otherwise : pl.Expr, optional
        Value where no test holds; null by default.
    """
    items = list(pairs)
    if not items:
        return pl.lit(None) if otherwise is None else otherwise
    first, *rest = items
    then = pl.when(first[0]).then(first[1])
    if not rest:
        return then if otherwise is None else then.otherwise(otherwise)
    chain = then.when(rest[0][0]).then(rest[0][1])
    for test, value in rest[1:]:
        chain = chain.when(test).then(value)
    return chain if otherwise is None else chain.otherwise(otherwise)
