"""Who acts: a person by her function, by her seat in a commission, or the State's register of none."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from palier.web.apps.attributions.models import Membre, Seance
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.postgres.perimetre import perimetre

ROLES = {"reservataire_chef": "reservataire", "epci": "reservataire"}


def by_function(utilisateur: Any, fonction: FonctionActive, origine: str = "site") -> Acteur:
    """Return a person as her function lets her act; an EPCI acts as the réservataire that it may be."""
    held = () if fonction.organisme_id is None else (fonction.organisme_id,)
    return Acteur(utilisateur, ROLES.get(fonction.role, fonction.role), held, origine=origine)


@dataclass(frozen=True, slots=True)
class Siege:
    """A seat that a person holds: of which commission, and how it lets her act."""

    acteur: Acteur
    bailleur: uuid.UUID
    membre: Membre


def by_seats(utilisateur: Any, au: dt.date, origine: str = "site") -> tuple[Siege, ...]:
    """Return every seat of a person on a day: the State and an EPCI sit in several commissions."""
    held = list(_held(utilisateur, au).order_by("pk"))
    opened = _open_to({m.bailleur_id for m in held}, au)
    return tuple(
        Siege(_seated(utilisateur, m, opened[m.bailleur_id], origine), m.bailleur_id, m) for m in held
    )


def has_seat(utilisateur: Any, au: dt.date) -> bool:
    """Tell whether a person sits in a commission on a day."""
    return _held(utilisateur, au).exists()


def _held(utilisateur: Any, au: dt.date) -> QuerySet[Membre]:
    rows = Membre.objects.filter(utilisateur=utilisateur, du__lte=au)
    return rows.filter(Q(au__isnull=True) | Q(au__gte=au))


def by_seat(utilisateur: Any, au: dt.date, origine: str = "site") -> Acteur | None:
    """Return a person as her seat in a commission lets her act, with the sessions open to her.

    None if she has no seat on that day; the first seat if she has several (:func:`by_seats`).
    """
    return next((siege.acteur for siege in by_seats(utilisateur, au, origine)), None)


def _seated(utilisateur: Any, membre: Membre, seances: Sequence[uuid.UUID], origine: str) -> Acteur:
    role = "president" if membre.president else "membre"
    return Acteur(utilisateur, role, membre=membre.pk, seances=tuple(seances), origine=origine)


def _open_to(bailleurs: Collection[uuid.UUID], au: dt.date) -> Mapping[uuid.UUID, Sequence[uuid.UUID]]:
    """Return the sessions of some commissions: from convocation to minutes, and not a day more."""
    found: dict[uuid.UUID, list[uuid.UUID]] = {pk: [] for pk in bailleurs}
    if found:
        with perimetre(organismes=found):
            rows = Seance.objects.filter(bailleur_id__in=found, dossiers_ouverts=True)
            alive = rows.filter(Q(pv_le__isnull=True) | Q(pv_le__gte=au))
            for bailleur, pk in alive.values_list("bailleur_id", "pk"):
                found[bailleur].append(pk)
    return found
