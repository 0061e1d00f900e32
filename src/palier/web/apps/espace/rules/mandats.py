"""A mandate: what an adviser may do for a person, twelve months at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from palier.base.errors import Problem
from palier.base.periods import add_months

LIRE, DEPOSER, REPONDRE = PORTEES = ("lire", "deposer", "repondre")
MOIS = 12


def check_mandat(portees: Collection[str], du: dt.date, au: dt.date | None) -> list[Problem]:
    """Return what forbids a mandate, all at once."""
    found = []
    if not portees or not set(portees) <= set(PORTEES):
        found.append(Problem("ESP-010", "portees", "Aucun acte n'est choisi.", "Cochez au moins un acte."))
    last = add_months(du, MOIS)
    if au is None or not du <= au <= last:
        found.append(
            Problem(
                "ESP-011",
                "au",
                "La fin d'un mandat est un jour à venir, dans les douze mois.",
                f"Donnez un jour jusqu'au {last:%d/%m/%Y}.",
            )
        )
    return found
