"""Read who acts for whom."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.organismes.models import CleApi, Fonction, Organisme

EXPLOITANT = "exploitant"


@dataclass(frozen=True)
class FonctionActive:
    """The role in which a person acts now."""

    role: str
    organisme_id: uuid.UUID | None
    organisme_nom: str
    siren: str


def active_functions(utilisateur: Utilisateur, au: dt.date) -> list[FonctionActive]:
    """Return the roles that an account holds on a day; the operator's own comes first."""
    held = (
        Fonction.objects.filter(utilisateur=utilisateur, du__lte=au, organisme__actif=True)
        .filter(Q(au__isnull=True) | Q(au__gte=au))
        .select_related("organisme")
        .order_by("organisme__nom", "role")
    )
    found = [FonctionActive(f.role, f.organisme.pk, f.organisme.nom, f.organisme.siren) for f in held]
    if utilisateur.exploitant:
        found.insert(0, FonctionActive(EXPLOITANT, None, "", ""))
    return found


def by_siren(siren: str) -> Organisme | None:
    """Return an active organisme by its SIREN."""
    return Organisme.objects.filter(siren=siren, actif=True).first()


def find_key(empreinte: str, au: dt.date) -> CleApi | None:
    """Return the live key that has this hash."""
    return (
        CleApi.objects.filter(
            empreinte=empreinte, revoquee_le__isnull=True, expire_le__gte=au, organisme__actif=True
        )
        .select_related("organisme")
        .first()
    )
