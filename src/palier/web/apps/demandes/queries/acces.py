"""Open the perimeter of a function, and who is a named reader of class 4."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from typing import Any

from django.db.models import Q

from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes.models import LecteurSensible
from palier.web.apps.demandes.models.acces import Fonctions
from palier.web.postgres.perimetre import perimetre


def opened(fonction: Fonctions, *, lecteur: bool = False, action: str = "R") -> AbstractContextManager[None]:
    """Open a transaction that sees the requests of a function; none where the matrix gives it no right."""
    held = fonction.organisme_id is not None and scope(fonction.role, "demande", action) is not None
    return perimetre(organismes=[fonction.organisme_id] if held else [], lecteur=lecteur and held)


def is_reader(utilisateur: Any, fonction: Fonctions, au: dt.date) -> bool:
    """Tell whether a person is named, in the organisme of her function, to read class 4 on a day."""
    return (
        LecteurSensible.objects.filter(
            utilisateur_id=utilisateur.pk, organisme_id=fonction.organisme_id, du__lte=au
        )
        .filter(Q(au__isnull=True) | Q(au__gte=au))
        .exists()
    )
