"""Subscriptions of a landlord, and their last deliveries. Call inside its perimeter."""

from __future__ import annotations

import uuid

from palier.web.apps.attributions.models import Abonnement, Livraison

DERNIERES = 20


def live(organisme: uuid.UUID) -> list[Abonnement]:
    """Return the subscriptions that run, the first made first."""
    return list(Abonnement.objects.filter(organisme_id=organisme, arrete_le__isnull=True).order_by("pk"))


def last_deliveries(organisme: uuid.UUID) -> list[Livraison]:
    """Return the last deliveries, whatever the subscription."""
    rows = Livraison.objects.filter(abonnement__organisme_id=organisme).select_related("abonnement")
    return list(rows.order_by("-creee_le", "-pk")[:DERNIERES])
