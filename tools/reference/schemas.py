"""One Table Schema per table: others check a file without Palier."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from palier.formats import to_table_schema
from palier.tables import SchemaTable, all_schemas


def _render(schema: SchemaTable) -> str:
    return json.dumps(to_table_schema(schema), ensure_ascii=False, indent=2) + "\n"


def pages() -> dict[str, Callable[[], str]]:
    """Return the file of each table, below ``docs/reference``."""
    return {f"schemas/{nom}.json": partial(_render, schema) for nom, schema in all_schemas().items()}
