"""The invented country of the unit tests, prepared and loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from palier.formats.territoires import prepare_territoires
from palier.web.apps.journal.operations import SYSTEME
from palier.web.apps.territoires.operations import BilanChargement, charger_territoires
from tests.unit.formats.territoires.outils import pays, write_geojson, write_pays

AU = dt.date(2026, 11, 24)
V1, V2 = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


def prepare(
    folder: Path,
    millesime: dt.date = V1,
    change: Callable[[dict[str, Any]], object] | None = None,
    contours: bool = True,
) -> Path:
    """Prepare the country, changed or not, in a folder of its own."""
    country = pays()
    if change:
        change(country)
    place = folder / f"donnees-{millesime}-{id(change)}-{contours}"
    outlines = write_geojson(folder / "contours.geojson") if contours else None
    sources = write_pays(folder / "paquet", country)
    prepare_territoires(sources, place, outlines, millesime, "Géomètre inventé, 2026")
    return place


def load(folder: Path, *args: Any, **options: Any) -> BilanChargement:
    return charger_territoires(acteur=SYSTEME, dossier=prepare(folder, *args, **options))
