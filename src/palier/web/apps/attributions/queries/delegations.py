"""Conventions in which a réservataire lets the landlord propose in its name."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.attributions.models import Convention, Delegation


def running(convention: uuid.UUID, au: dt.date) -> Delegation | None:
    """Return the delegation of a convention that runs on a day."""
    return Delegation.objects.filter(convention_id=convention, du__lte=au, au__gte=au).order_by("pk").first()


def of_reservataire(reservataire: uuid.UUID) -> list[Delegation]:
    """Return the delegations that a réservataire gave, the last first."""
    rows = Delegation.objects.filter(convention__reservataire_id=reservataire)
    return list(rows.select_related("convention__bailleur").order_by("-du", "-pk"))


def of_bailleur(bailleur: uuid.UUID, au: dt.date) -> list[Delegation]:
    """Return the delegations that a landlord holds on a day."""
    rows = Delegation.objects.filter(convention__bailleur_id=bailleur, du__lte=au, au__gte=au)
    return list(rows.select_related("convention__reservataire").order_by("convention__reference", "pk"))


def conventions(reservataire: uuid.UUID, au: dt.date) -> list[Convention]:
    """Return the live conventions of a réservataire."""
    rows = Convention.objects.filter(reservataire_id=reservataire).select_related("bailleur")
    live = [c for c in rows if c.au is None or c.au >= au]
    return sorted(live, key=lambda c: (c.bailleur.nom, c.reference))
