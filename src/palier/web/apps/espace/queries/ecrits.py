"""What a person wrote on her request, and the mandates she gave. Call inside her perimeter."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.demandes.models import Avertissement, Coordonnees
from palier.web.apps.espace.models import Ecrit, Mandat


def written(demande: uuid.UUID) -> list[Ecrit]:
    """Return what was written, the newest first."""
    return list(Ecrit.objects.filter(demande_id=demande))


def given(demande: uuid.UUID) -> list[Mandat]:
    """Return the mandates of a request, the newest first."""
    return list(Mandat.objects.filter(demande_id=demande).order_by("-du", "-pk"))


def live(demande: uuid.UUID, au: dt.date) -> Mandat | None:
    """Return the mandate that holds on a day."""
    rows = Mandat.objects.filter(demande_id=demande, revoque_le__isnull=True, du__lte=au, au__gte=au)
    return rows.order_by("-du").first()


def address_on_file(demande: uuid.UUID) -> Coordonnees | None:
    """Return where the person of a request is reached."""
    return Coordonnees.objects.filter(pk=demande).first()


def warning(demande: uuid.UUID) -> Avertissement | None:
    """Return the last warning before a removal."""
    return Avertissement.objects.filter(demande_id=demande).order_by("-recu_le").first()
