"""Homes of a landlord that are to be let. Call inside its perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from palier.web.apps.attributions.models import FINIES, Vacance
from palier.web.apps.territoires.queries import epci_at

PAR_PAGE = 50
#: States in which a home receives candidates.
OUVERTES = ("qualifiee", "orientee", "candidats_recus", "reprise_bailleur")


def territory_of(commune: str, au: dt.date) -> str:
    """Return the territory whose requests are searched for a home: that of its EPCI, else its commune."""
    return epci_at(commune, au) or commune


def vacancies_of(
    bailleur: uuid.UUID, etat: str = "", apres: uuid.UUID | None = None
) -> tuple[list[Vacance], bool]:
    """Return a page of the homes of a landlord, the oldest first, and whether there are others."""
    rows = _kept(bailleur, etat).select_related("logement").order_by("pk")
    if apres is not None:
        rows = rows.filter(pk__gt=apres)
    found = list(rows[: PAR_PAGE + 1])
    return found[:PAR_PAGE], len(found) > PAR_PAGE


def count_of(bailleur: uuid.UUID, etat: str = "") -> int:
    """Return how many homes a list has."""
    return int(_kept(bailleur, etat).count())


def _kept(bailleur: uuid.UUID, etat: str) -> Any:
    rows = Vacance.objects.filter(bailleur_id=bailleur)
    return rows.filter(etat=etat) if etat else rows.exclude(etat__in=FINIES)
