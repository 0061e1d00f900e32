"""Appointments of a landlord. Inside its perimeter."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.attributions.models import EtatVisite, Vacance, Visite

PAR_PAGE = 50


def of_home(vacance: Vacance) -> list[Visite]:
    """Return the appointments of a home that are not cancelled, by time."""
    rows = Visite.objects.filter(candidature__vacance=vacance).exclude(etat=EtatVisite.ANNULEE)
    return list(rows.select_related("candidature").order_by("debut"))


def coming(bailleur: uuid.UUID, depuis: dt.datetime) -> list[Visite]:
    """Return the next appointments of a landlord, by time."""
    rows = Visite.objects.filter(candidature__bailleur_id=bailleur, debut__gte=depuis)
    live = rows.exclude(etat=EtatVisite.ANNULEE).select_related("candidature__vacance")
    return list(live.order_by("debut", "pk")[:PAR_PAGE])
