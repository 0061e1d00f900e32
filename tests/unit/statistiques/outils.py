"""Invented scored requests: only what statistics read."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from palier.tables import colonne

CODES = colonne("typologies").codes
Ligne = tuple[int, tuple[str, ...], tuple[str, ...], str, str]


def tables(lignes: Iterable[Ligne]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make scores and requests from (total, sizes, communes, system, class)."""
    rows = list(lignes)
    rangs = {nom: place for place, nom in enumerate(sorted({r[4] for r in rows}))}
    scores = pl.DataFrame(
        {
            "systeme": [r[3] for r in rows],
            "classe": [r[4] for r in rows],
            "classe_rang": [rangs[r[4]] for r in rows],
            "etat": ["note"] * len(rows),
            "total": [r[0] for r in rows],
        },
        schema={
            "systeme": pl.String,
            "classe": pl.String,
            "classe_rang": pl.Int32,
            "etat": pl.String,
            "total": pl.Int32,
        },
    )
    demandes = pl.DataFrame(
        {
            "typologies": [sum(1 << CODES.index(code) for code in r[1]) for r in rows],
            "localisations": [list(r[2]) for r in rows],
        },
        schema={"typologies": pl.UInt32, "localisations": pl.List(pl.String)},
    )
    return scores, demandes


def ligne(
    total: int, typologie: str = "t3", commune: str = "A", systeme: str = "primo", classe: str = "x"
) -> Ligne:
    """Make one request that wishes one size in one commune."""
    return total, (typologie,), (commune,), systeme, classe
