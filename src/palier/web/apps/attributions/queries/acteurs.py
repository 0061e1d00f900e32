"""Who acts: a person by her function, by her seat in a commission, or the State's register of none."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q

from palier.web.apps.attributions.models import Membre, Seance
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre

ROLES = {"reservataire_chef": "reservataire", "epci": "reservataire"}


def by_function(utilisateur: Any, fonction: FonctionActive, origine: str = "site") -> Acteur:
    """Return a person as her function lets her act; an EPCI acts as the réservataire that it may be."""
    held = () if fonction.organisme_id is None else (fonction.organisme_id,)
    return Acteur(utilisateur, ROLES.get(fonction.role, fonction.role), held, origine=origine)


def by_seat(utilisateur: Any, au: dt.date, origine: str = "site") -> Acteur | None:
    """Return a person as her seat in a commission lets her act, with the sessions open to her.

    None if she has no seat on that day.
    """
    held = (
        Membre.objects.filter(utilisateur=utilisateur, du__lte=au)
        .filter(Q(au__isnull=True) | Q(au__gte=au))
        .first()
    )
    if held is None:
        return None
    role = "president" if held.president else "membre"
    return Acteur(utilisateur, role, membre=held.pk, seances=_open_to(held, au), origine=origine)


def _open_to(membre: Membre, au: dt.date) -> tuple[uuid.UUID, ...]:
    """Return the sessions of a member: from convocation to minutes, and not a day more."""
    with perimetre(organismes=[membre.bailleur_id]):
        rows = Seance.objects.filter(bailleur_id=membre.bailleur_id, dossiers_ouverts=True)
        return tuple(rows.filter(Q(pv_le__isnull=True) | Q(pv_le__gte=au)).values_list("pk", flat=True))
