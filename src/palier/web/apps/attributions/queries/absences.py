"""Colleagues of a desk, who is away, and whose files one sees. Call inside the perimeter of the landlord."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Q

from palier.web.apps.attributions.models import Absence
from palier.web.apps.comptes.models import Utilisateur

_AGENTS = ("agent_bailleur", "admin_bailleur")


def colleagues(organisme: uuid.UUID, au: dt.date) -> list[Utilisateur]:
    """Return the agents of an organisme on a day, by name."""
    held = Q(fonctions__au__isnull=True) | Q(fonctions__au__gte=au)
    rows = Utilisateur.objects.filter(
        held,
        fonctions__organisme_id=organisme,
        fonctions__role__in=_AGENTS,
        fonctions__du__lte=au,
        is_active=True,
    )
    return list(rows.distinct().order_by("nom", "pk"))


def running(organisme: uuid.UUID, au: dt.date) -> list[Absence]:
    """Return the relays of an organisme that run or will."""
    rows = Absence.objects.filter(organisme_id=organisme, au__gte=au, finie_le__isnull=True)
    return list(rows.select_related("absent", "relais").order_by("du", "pk"))


def relayed_by(organisme: uuid.UUID, agent: uuid.UUID, au: dt.date) -> set[uuid.UUID]:
    """Return the agents whose files a colleague follows on a day, and herself."""
    rows = Absence.objects.filter(
        organisme_id=organisme, relais_id=agent, du__lte=au, au__gte=au, finie_le__isnull=True
    )
    return {agent, *rows.values_list("absent_id", flat=True)}


def names_of(absences: list[Absence], relais: uuid.UUID, au: dt.date) -> list[str]:
    """Return the names of those whom a colleague relays on a day."""
    return [a.absent.nom for a in absences if a.relais_id == relais and a.du <= au <= a.au]
