"""Who read a request: what the journal says of it, in the person's own words."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from palier.web.apps.journal.models import Evenement
from palier.web.apps.organismes.models import Organisme

_LECTURES = ("demande.lire", "demande.lire_sensible", "piece.lire", "demande.exporter")


@dataclass(frozen=True)
class Lecture:
    """A reading: when, by which organisme, and whether health or violence was among it."""

    instant: dt.datetime
    organisme: str
    sensible: bool
    piece: bool


def of(demande: uuid.UUID, nombre: int = 100) -> list[Lecture]:
    """Return the readings of a request by the staff, the newest first."""
    rows = Evenement.objects.filter(objet_type="demande", objet_id=str(demande), verbe__in=_LECTURES).exclude(
        organisme=""
    )
    found = list(rows.order_by("-id")[:nombre])
    ids = {uuid.UUID(e.organisme) for e in found}
    names = dict(Organisme.objects.filter(pk__in=ids).values_list("pk", "nom"))
    return [
        Lecture(
            e.instant,
            names.get(uuid.UUID(e.organisme), ""),
            e.verbe == "demande.lire_sensible",
            e.verbe == "piece.lire",
        )
        for e in found
    ]


def acts(demande: uuid.UUID, nombre: int = 100) -> list[Evenement]:
    """Return everything that the journal holds of a request, the newest first: for its export."""
    rows = Evenement.objects.filter(objet_type="demande", objet_id=str(demande))
    return list(rows.order_by("-id")[:nombre])
