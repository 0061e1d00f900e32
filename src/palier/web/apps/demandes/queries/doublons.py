"""Suspect pairs of my requests, and what was decided of them. Call inside an open perimeter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Q

from palier.web.apps.demandes.models import VIVANTES, Demande, Rapprochement
from palier.web.apps.demandes.models.acces import Fonctions
from palier.web.apps.demandes.rules.doublons import Identite, find_pairs

MAXIMUM = 200
_LUES = ("pk", "nom", "prenom", "naissance", "conjoint_naissance", "bailleur_siren", "numero_bail")


@dataclass(frozen=True)
class Suspectes:
    """Two live requests and why they may be one."""

    premiere: Demande
    seconde: Demande
    raisons: tuple[str, ...]


def suspects(fonction: Fonctions, nombre: int = MAXIMUM) -> tuple[list[Suspectes], int]:
    """Return the pairs that nobody has judged, the surest first, and how many there are."""
    rows = Demande.objects.pour(fonction).filter(statut__in=VIVANTES).order_by("date_depot_initial", "pk")
    fiches = [
        Identite(pk, nom or "", prenom or "", born, other, (siren, lease) if siren and lease else None)
        for pk, nom, prenom, born, other, siren, lease in rows.values_list(*_LUES)
    ]
    judged = {
        frozenset(pair)
        for pair in Rapprochement.objects.filter(defait_le__isnull=True).values_list("gardee_id", "autre_id")
    }
    found = [p for p in find_pairs(fiches) if frozenset((p.premiere, p.seconde)) not in judged]
    kept = found[:nombre]
    held = Demande.objects.pour(fonction).in_bulk([pk for p in kept for pk in (p.premiere, p.seconde)])
    return [Suspectes(held[p.premiere], held[p.seconde], p.raisons) for p in kept], len(found)


def reasons_of(first: Demande, second: Demande) -> tuple[str, ...]:
    """Return why two requests may be one; nothing where no rule says so."""
    pairs = find_pairs(
        Identite(d.pk, d.nom or "", d.prenom or "", d.naissance, d.conjoint_naissance,
                 (d.bailleur_siren, d.numero_bail) if d.bailleur_siren and d.numero_bail else None)
        for d in (first, second)
    )  # fmt: skip
    return pairs[0].raisons if pairs else ()


def decisions_on(demande: Demande) -> list[Rapprochement]:
    """Return what was decided of a request and another, the newest first."""
    return list(
        Rapprochement.objects.filter(Q(gardee=demande) | Q(autre=demande))
        .select_related("gardee", "autre")
        .order_by("-le")
    )


def decision(fonction: Fonctions, identifiant: uuid.UUID) -> Rapprochement | None:
    """Return a decision on two requests that a function reaches."""
    mine = Demande.objects.pour(fonction)
    return (
        Rapprochement.objects.filter(pk=identifiant, gardee__in=mine, autre__in=mine)
        .select_related("gardee", "autre")
        .first()
    )
