"""One Table Schema per table, to check a file without Palier, and examples of the published one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial

from palier.formats import to_table_schema
from palier.formats.ecriture import to_text_cells
from palier.synthetic import generate_offres, generate_territoire
from palier.tables import SchemaTable, all_schemas

AU = dt.date(2026, 11, 24)


def _render(schema: SchemaTable) -> str:
    return json.dumps(to_table_schema(schema), ensure_ascii=False, indent=2) + "\n"


def _exemple() -> str:
    """Write one invented offer of each nature, as a CSV that passes every check."""
    homes = generate_territoire(graine=1, au=AU, taille=0.02).logements
    offres = generate_offres(graine=1, au=AU, logements=homes, n=400)
    one = offres.unique("nature", keep="first", maintain_order=True).sort("nature")
    return to_text_cells(one).write_csv(separator=";")


def pages() -> dict[str, Callable[[], str]]:
    """Return the file of each table, and the examples, below ``docs/reference``."""
    found: dict[str, Callable[[], str]] = {
        f"schemas/{nom}.json": partial(_render, schema) for nom, schema in all_schemas().items()
    }
    return found | {"schemas/offres-exemple.csv": _exemple}
