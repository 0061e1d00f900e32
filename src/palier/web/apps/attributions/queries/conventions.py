"""Conventions of reservation of a landlord, and those that cover a home."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from palier.web.apps.attributions.models import Convention, Vacance


def covering(vacance: Vacance, au: dt.date) -> list[Convention]:
    """Return the conventions in force on a day that cover a home."""
    rows = Convention.objects.filter(
        bailleur_id=vacance.bailleur_id, du__lte=au, communes__contains=[vacance.commune_code]
    )
    alive = rows.filter(Q(au__isnull=True) | Q(au__gte=au))
    return list(alive.select_related("reservataire").order_by("reservataire__nom", "reference"))


def of_landlord(bailleur: uuid.UUID) -> list[Convention]:
    """Return all the conventions of a landlord, the live ones first."""
    rows = Convention.objects.filter(bailleur_id=bailleur).select_related("reservataire")
    return sorted(rows, key=lambda c: (c.au is not None, c.reservataire.nom, c.reference))
