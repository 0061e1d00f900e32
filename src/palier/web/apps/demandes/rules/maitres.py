"""Which side is master of which column: read as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from palier.base.ressources import read_packaged


@dataclass(frozen=True, slots=True)
class Maitre:
    """A side, where its values come from, and the columns it is master of."""

    code: str
    source: str
    champs: tuple[str, ...]


@cache
def masters() -> tuple[Maitre, ...]:
    """Return the sides with their columns."""
    raw = yaml.safe_load(read_packaged("palier.web.apps.demandes.rules", "champs.yaml"))
    return tuple(Maitre(code, row["source"], tuple(row["champs"])) for code, row in raw["maitres"].items())
