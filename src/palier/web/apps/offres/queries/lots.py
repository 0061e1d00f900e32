"""Read lots: those of a landlord, one with its report."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.offres.models import EN_LIGNE, EtatLot, Lot, Offre
from palier.web.apps.organismes.models import Organisme


def lots_of(organisme_id: uuid.UUID | None, avant: dt.datetime | None = None, nombre: int = 25) -> list[Lot]:
    """Return the newest lots of a landlord (None: of all), by page of key ``recu_le``."""
    found = Lot.objects.select_related("organisme").order_by("-recu_le")
    if organisme_id is not None:
        found = found.filter(organisme_id=organisme_id)
    if avant is not None:
        found = found.filter(recu_le__lt=avant)
    return list(found[:nombre])


def own(organisme_id: uuid.UUID | None, identifiant: uuid.UUID) -> Lot | None:
    """Return a lot of this landlord (None: of any); that of another does not exist for it."""
    found = Lot.objects.select_related("organisme").filter(pk=identifiant)
    return (found if organisme_id is None else found.filter(organisme_id=organisme_id)).first()


def forgotten(avant: dt.datetime) -> list[Lot]:
    """Return the lots received before an instant that nobody has checked: their job was lost."""
    return list(Lot.objects.filter(etat=EtatLot.RECU, recu_le__lt=avant).order_by("recu_le")[:100])


def live_references(organisme: Organisme) -> frozenset[str]:
    """Return the references of a landlord that are on line."""
    return frozenset(
        Offre.objects.filter(organisme=organisme, statut__in=EN_LIGNE).values_list("reference", flat=True)
    )


def last_applied(organisme: Organisme) -> dt.datetime | None:
    """Return the date of the newest file that was applied."""
    return (
        Lot.objects.filter(organisme=organisme, etat=EtatLot.APPLIQUE, fichier_du__isnull=False)
        .order_by("-fichier_du")
        .values_list("fichier_du", flat=True)
        .first()
    )
