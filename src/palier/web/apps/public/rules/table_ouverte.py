"""The open table of offers: the columns that landlords fill in, then what the platform adds."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import polars as pl

from palier.formats import to_table_schema
from palier.tables import Colonne, schema

NOM, VERSION = "offres-ouvertes", "1.0.0"
#: Kept from the public; their column stays, empty, so that one schema serves both ways.
PRIVES = ("loyer_maximal_cent",)
#: What the platform knows besides: name, words, type of Table Schema.
AJOUTS: tuple[tuple[str, str, str], ...] = (
    ("identifiant", "Identifiant stable de l'offre (UUID)", "string"),
    ("adresse_web", "Page de l'offre", "string"),
    ("commune_nom", "Nom de la commune", "string"),
    ("departement_code", "Code du département", "string"),
    ("epci_siren", "SIREN de l'intercommunalité", "string"),
    ("bailleur_nom", "Nom du bailleur", "string"),
)
_DATES_TENUES = ("publiee_date", "confirmee_date", "expire_date")


@cache
def columns() -> tuple[str, ...]:
    """Return the names of all columns, in order."""
    return (*(c.nom for c in schema("offres").colonnes), *(nom for nom, _, _ in AJOUTS))


@cache
def _raw() -> dict[str, pl.DataType]:
    """Types of the columns as they stand in JSON lines."""
    types: dict[str, Any] = {c.nom: _json_type(c) for c in schema("offres").colonnes}
    return types | {nom: pl.String() for nom, _, _ in AJOUTS}


def _json_type(colonne: Colonne) -> pl.DataType:
    if colonne.type == "booleen":
        return pl.Boolean()
    if colonne.type in {"entier", "cent"}:
        return pl.Int64()
    if colonne.type == "ensemble":
        return pl.List(pl.String())
    return pl.String()


def frame_of(lignes: str, retrait_jours: int) -> pl.DataFrame:
    """Return offers as a typed table.

    Parameters
    ----------
    lignes : str
        One JSON object a line: what the landlord gave, then the additions.
    retrait_jours : int
        Days after which an offer that nobody confirms leaves.

    Returns
    -------
    polars.DataFrame
        One row per offer, columns of :func:`columns`; sets of codes as lists.
    """
    if not lignes:
        return _typed(pl.DataFrame(schema=_raw()), retrait_jours)
    return _typed(pl.read_ndjson(lignes.encode(), schema=_raw()), retrait_jours)


def _typed(raw: pl.DataFrame, retrait_jours: int) -> pl.DataFrame:
    made = []
    for colonne in schema("offres").colonnes:
        column = pl.col(colonne.nom)
        if colonne.type == "date":
            made.append(column.str.to_date("%Y-%m-%d"))
        elif colonne.type == "degre":
            made.append(column.cast(pl.Decimal(16, 6)))
    typed = raw.with_columns(made)
    leaves = pl.col("confirmee_date") + dt.timedelta(days=retrait_jours)
    return typed.with_columns(leaves.alias("expire_date")).select(columns())


def open_schema() -> dict[str, Any]:
    """Return the Table Schema of the open files: that of landlords' files, then the additions."""
    found = to_table_schema(schema("offres"))
    added = [
        {
            "name": nom,
            "title": words,
            "description": f"{words}. Source : Palier.",
            "type": kind,
            "palier:sensibilite": 0,
        }
        for nom, words, kind in AJOUTS
    ]
    return found | {
        "name": NOM,
        "title": "Offres de logement social en ligne",
        "version": VERSION,
        "fields": [*found["fields"], *added],
        "primaryKey": ["identifiant"],
    }


def changes(avant: pl.DataFrame, apres: pl.DataFrame) -> pl.DataFrame:
    """Return what changed between two tables of offers on line.

    Returns
    -------
    polars.DataFrame
        ``identifiant``, ``bailleur``, ``reference_bailleur``, ``changement`` (``ajoutee``, ``modifiee``,
        ``retiree``), in the order of the identifiers. A mere confirmation is no change.
    """
    named = ["identifiant", "bailleur", "reference_bailleur"]
    kept = [c for c in columns() if c not in {*named, *_DATES_TENUES, "statut_offre"}]
    old, new = _flat(avant, kept), _flat(apres, kept)
    gone = old.join(new, on="identifiant", how="anti").select(*named, changement=pl.lit("retiree"))
    fresh = new.join(old, on="identifiant", how="anti").select(*named, changement=pl.lit("ajoutee"))
    both = new.join(old, on="identifiant", how="inner", suffix="_avant")
    moved = pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_avant")) for c in kept)
    changed = both.filter(moved).select(*named, changement=pl.lit("modifiee"))
    return pl.concat([fresh, changed, gone]).sort("identifiant")


def _flat(table: pl.DataFrame, kept: list[str]) -> pl.DataFrame:
    """Write sets of codes as texts, so that they can be compared."""
    sets = [pl.col(c).list.join("|") for c, kind in table.schema.items() if isinstance(kind, pl.List)]
    return table.with_columns(sets).select("identifiant", "bailleur", "reference_bailleur", *kept)
