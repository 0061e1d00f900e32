"""Shared by the tests of positions: small invented stocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from palier.tables.registre import schema

SCHEMA = dict(schema("demandes").polars.items())
DEFAUT = {
    "typologies": 4,
    "localisations": ["67482"],
    "plafond_max_code": "plus",
    "systeme": "primo",
    "etat": "note",
    "classe_rang": 0,
    "total": 0,
}


def stock(lignes: Sequence[Mapping[str, Any]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make the tables ``demandes`` and ``scores`` of requests numbered from 0."""
    rows = [DEFAUT | {"numero_unique": str(place)} | dict(ligne) for place, ligne in enumerate(lignes)]
    names = ("numero_unique", "typologies", "localisations")
    demandes = pl.DataFrame(
        {name: [row[name] for row in rows] for name in (*names, "plafond_max_code")},
        schema={name: SCHEMA[name] for name in names} | {"plafond_max_code": pl.String},
    )
    columns = {"systeme": pl.String, "etat": pl.String, "classe_rang": pl.Int32, "total": pl.Int32}
    scores = pl.DataFrame(
        {name: [row[name] for row in rows] for name in ("numero_unique", *columns)},
        schema={"numero_unique": pl.String} | columns,
    )
    return demandes, scores
