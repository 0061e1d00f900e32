"""Closed requests whose time is over, step by step. Call inside an open perimeter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from palier import law
from palier.web.apps.demandes.models import VIVANTES, Demande, FichierPiece
from palier.web.apps.demandes.rules.conservation import Horizons, horizons


@dataclass(frozen=True)
class AEffacer:
    """What a day would erase: requests whose files, then contents, then row must go.

    Parameters
    ----------
    pieces, contenu, preuve : queryset of Demande
        Each step; a request is in the first one that still holds something.
    """

    pieces: Any
    contenu: Any
    preuve: Any

    def counts(self) -> dict[str, int]:
        """Return how many requests each step bears on."""
        return {name: int(getattr(self, name).count()) for name in ("pieces", "contenu", "preuve")}


def due(demandes: Any, au: dt.date) -> AEffacer:
    """Return what the law wants erased on a day, among some requests."""
    limits: Horizons = horizons(law.at(au, non_verifie=True))
    closed = demandes.exclude(statut__in=VIVANTES).filter(radiee_le__isnull=False)
    files = FichierPiece.objects.filter(piece__demande=OuterRef("pk"))
    return AEffacer(
        pieces=closed.filter(Exists(files), radiee_le__lte=limits.pieces),
        contenu=closed.filter(radiee_le__lte=limits.contenu, effacee_le__isnull=True),
        preuve=closed.filter(radiee_le__lte=limits.preuve, effacee_le__isnull=False),
    )


def territory(territoire: str) -> Any:
    """Return all the requests of a territory: for the job, inside its perimeter."""
    return Demande.objects.filter(territoire=territoire)
