"""Columns of the prepared tables, and what is known of the open files behind them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, cast

import polars as pl

from palier.base.errors import InputError, TableError
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Table, load_strict
from palier.formats.catalogue import probleme

TYPES_COMMUNE = ("actuelle", "arrondissement", "deleguee", "associee", "ancienne")
_COMMUNES: dict[str, Any] = {
    "code": pl.String,
    "type": pl.String,  # one of TYPES_COMMUNE
    "nom": pl.String,
    "cle": pl.String,
    "article": pl.Int64,  # length of the leading article in `cle`, with its space
    "departement": pl.String,
    "region": pl.String,
    "zone": pl.String,  # metro, drom or com
    "parent": pl.String,  # commune that holds it, or that took over an ended code
    "siren": pl.String,
    "codes_postaux": pl.List(pl.String),
    "population": pl.Int64,
    "lon": pl.Float64,  # town hall, else a point inside the outline
    "lat": pl.Float64,
    "ouest": pl.Int64,  # box of the outline before it is simplified, millionths of a degree
    "sud": pl.Int64,
    "est": pl.Int64,
    "nord": pl.Int64,
}
COMMUNES = pl.Schema(_COMMUNES)
EPCI = pl.Schema(
    {"code": pl.String, "type": pl.String, "nom": pl.String, "cle": pl.String, "population": pl.Int64}
)
MEMBRES = pl.Schema({"epci": pl.String, "commune": pl.String})
DEPARTEMENTS = pl.Schema(
    {
        "code": pl.String,
        "nom": pl.String,
        "cle": pl.String,
        "region": pl.String,
        "zone": pl.String,
        "chef_lieu": pl.String,
    }
)
REGIONS = pl.Schema(
    {"code": pl.String, "nom": pl.String, "cle": pl.String, "zone": pl.String, "chef_lieu": pl.String}
)
TABLES: dict[str, pl.Schema] = {
    "communes": COMMUNES,
    "epci": EPCI,
    "membres": MEMBRES,
    "departements": DEPARTEMENTS,
    "regions": REGIONS,
}


@dataclass(frozen=True, slots=True)
class Source:
    """An open file that served: what it is, its licence, how its publishers are named."""

    nom: str
    version: str
    licence: str
    mention: str
    sha256: str

    def to_dict(self) -> dict[str, str]:
        """Return the source as plain data."""
        return asdict(self)


@cache
def sources_connues() -> Table:
    """Read what is known of the open files."""
    name = "donnees/territoires.yaml"
    return cast(Table, load_strict(read_packaged("palier.formats", name), name, "TAB").racine)


def refuse(code: str, ou: str, detail: str = "") -> InputError:
    """Make the error of an open file."""
    return TableError(probleme(code, ou, detail))


def millesime_of(version: str, ou: str) -> dt.date:
    """Return the date of the geography of an edition of the package.

    Raises
    ------
    TableError
        GEO-004 for an edition that is not known.
    """
    known = cast(Table, cast(Table, sources_connues()["decoupage"])["millesimes"])
    found = known.get(version.partition(".")[0])
    if found is None:
        raise refuse("GEO-004", ou, f"Version lue : {version[:20]}.")
    return dt.date.fromisoformat(str(found))
