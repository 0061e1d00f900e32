"""Named readers of class 4, and who could be named."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.demandes.models import LecteurSensible
from palier.web.apps.organismes.models import Fonction, Organisme
from palier.web.apps.organismes.queries import alive


def readers_of(organisme: Organisme, au: dt.date) -> list[LecteurSensible]:
    """Return the namings of an organisme that have not been ended, by name."""
    return list(
        LecteurSensible.objects.filter(organisme=organisme)
        .filter(Q(au__isnull=True) | Q(au__gt=au))
        .select_related("utilisateur")
        .order_by("utilisateur__nom", "pk")
    )


def former_readers_of(organisme: Organisme, au: dt.date, nombre: int = 50) -> list[LecteurSensible]:
    """Return the namings that are over, or end today, the newest first."""
    return list(
        LecteurSensible.objects.filter(organisme=organisme, au__lte=au)
        .select_related("utilisateur")
        .order_by("-au", "pk")[:nombre]
    )


def candidates(organisme: Organisme, au: dt.date) -> list[Utilisateur]:
    """Return the open accounts with a function in an organisme that are not readers yet, by name."""
    held = Fonction.objects.filter(alive(au), organisme=organisme, du__lte=au).values("utilisateur_id")
    named = [r.utilisateur_id for r in readers_of(organisme, au)]
    return list(
        Utilisateur.objects.filter(pk__in=held, is_active=True).exclude(pk__in=named).order_by("nom", "pk")
    )
