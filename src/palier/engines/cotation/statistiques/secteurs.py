"""The sectors of a territory, as the table of leases names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class Secteurs:
    """The sector of each commune.

    Parameters
    ----------
    par_commune : mapping of str to str
        Sector of a commune, for the communes that lie in one sector.
    partagees : tuple of str
        Communes that several sectors share: a request for one of them tells no sector.
    """

    par_commune: Mapping[str, str]
    partagees: tuple[str, ...] = ()


def read_secteurs(baux: pl.DataFrame) -> Secteurs:
    """Read the sectors that a table of leases gives to communes.

    Parameters
    ----------
    baux : DataFrame
        Table ``baux``; without ``secteur`` or ``commune_code`` there are no sectors.
    """
    if not {"commune_code", "secteur"} <= set(baux.columns):
        return Secteurs({})
    pairs = baux.select(pl.col("commune_code", "secteur").cast(pl.String)).drop_nulls().unique()
    alone = pl.col("secteur").len().over("commune_code") == 1
    found = pairs.filter(alone).sort("commune_code")
    shared = pairs.filter(~alone)["commune_code"].unique().sort()
    return Secteurs(dict(found.iter_rows()), tuple(shared))
