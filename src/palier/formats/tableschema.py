"""Describe a table as a Table Schema, so that others can check a file without Palier.

References
----------
Frictionless Data, Table Schema specification, version 1.
"""

from __future__ import annotations

from typing import Any

from palier.tables.registre import Colonne, SchemaTable

SCHEMA = "https://specs.frictionlessdata.io/schemas/table-schema.json"
_TYPES = {
    "texte": "string",
    "date": "date",
    "horodatage": "datetime",
    "booleen": "boolean",
    "entier": "integer",
    "cent": "integer",
    "degre": "number",
    "code": "string",
    "ensemble": "string",
    "liste": "string",
}
_COMMUNE = "(0[1-9]|[1-8][0-9]|9[0-5]|2[AB])[0-9]{3}|97[1-8][0-9]{2}|98[4-9][0-9]{2}"


def to_table_schema(schema: SchemaTable) -> dict[str, Any]:
    """Return the Table Schema of the CSV that :func:`write_table` makes of a table.

    Parameters
    ----------
    schema : SchemaTable
        A table of the registry.

    Returns
    -------
    dict
        Plain data, ready for JSON. Amounts are whole cents; a set of codes and a
        list of communes are texts separated by ``|``. ``palier:sensibilite``
        goes from 0 (public) to 4 (special).
    """
    return {
        "$schema": SCHEMA,
        "name": schema.publie or schema.nom,
        "title": schema.libelle,
        **({"version": schema.version} if schema.version else {}),
        "fields": [_field(colonne, colonne.nom in schema.obligatoires) for colonne in schema.colonnes],
        "missingValues": [""],
        **({"primaryKey": list(schema.cle)} if schema.cle else {}),
    }


def _field(colonne: Colonne, required: bool) -> dict[str, Any]:
    unit = f" ({colonne.unite})" if colonne.unite else ""
    field: dict[str, Any] = {
        "name": colonne.nom,
        "title": colonne.libelle,
        "description": f"{colonne.libelle}{unit}. Source : {colonne.source}.",
        "type": _TYPES[colonne.type],
        **({"example": colonne.exemple} if colonne.exemple else {}),
        "palier:sensibilite": colonne.sensibilite,
    }
    if colonne.type == "booleen":
        field |= {"trueValues": ["oui"], "falseValues": ["non"]}
    if colonne.type == "horodatage":
        field["format"] = "%Y-%m-%d %H:%M:%S.%f"
    constraints = _constraints(colonne)
    if required:
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def _constraints(colonne: Colonne) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if colonne.type == "code":
        found["enum"] = list(colonne.codes)
    if colonne.type == "ensemble":
        found["pattern"] = f"aucun|{_repeated('|'.join(colonne.codes), colonne.max_codes)}"
    if colonne.commune:
        found["pattern"] = _repeated(_COMMUNE, colonne.max_codes if colonne.type == "liste" else 1)
    if colonne.motif:
        found["pattern"] = colonne.motif.strip("^$")
    for bound, value in (("minimum", colonne.minimum), ("maximum", colonne.maximum)):
        if value is not None:
            found[bound] = value if colonne.type == "date" else int(value)
    return found


def _repeated(one: str, most: int | None) -> str:
    return f"({one})" if most == 1 else rf"({one})(\|({one})){{0,{most - 1 if most else ''}}}"
