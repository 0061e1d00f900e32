"""Numbers and addresses of others that the pages quote: no page holds one, each has its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from palier.base.ressources import read_packaged


@dataclass(frozen=True)
class Repere:
    """What a page quotes.

    Parameters
    ----------
    valeur : str
        As it is shown.
    source : str
        Where it was read.
    etat, lu_le : date
        Day of the source; day when it was read.
    """

    valeur: str
    source: str
    etat: dt.date
    lu_le: dt.date


@cache
def reperes() -> dict[str, Repere]:
    """Return all of them by key."""
    raw: dict[str, dict[str, Any]] = yaml.safe_load(
        read_packaged("palier.web.apps.public.rules", "reperes.yaml")
    )
    return {key: Repere(**row) for key, row in raw.items()}
