"""Homes of a landlord that are to be let. Call inside its perimeter."""

from __future__ import annotations

import uuid
from typing import Any

from palier.web.apps.attributions.models import FINIES, Vacance

PAR_PAGE = 50


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
