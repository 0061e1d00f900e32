"""Lists of requests by perimeter, filters and key. Call inside an open perimeter."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q

from palier.tables import colonne
from palier.web.apps.demandes.models import VIVANTES, Demande, Statut
from palier.web.apps.demandes.models.acces import Fonctions

PAR_PAGE = 50


@dataclass(frozen=True, slots=True)
class Filtres:
    """What a list keeps; empty keeps all.

    Parameters
    ----------
    numero : str
        Beginning of the unique number.
    etat : str
        A state; empty for the requests that live.
    typologie : str
        A wished size: ``t3``.
    personnes : int
        Persons to house.
    commune : str
        INSEE code of a commune asked for.
    """

    numero: str = ""
    etat: str = ""
    typologie: str = ""
    personnes: int | None = None
    commune: str = ""


@dataclass(frozen=True)
class PageDemandes:
    """A page of requests, and whether there are others."""

    demandes: list[Demande]
    suite: bool


def requests_of(fonction: Fonctions, filtres: Filtres, apres: uuid.UUID | None = None) -> PageDemandes:
    """Return the requests of a function, the oldest first.

    Parameters
    ----------
    filtres : Filtres
        What is kept.
    apres : uuid.UUID, optional
        Last request of the page before.
    """
    rows = _kept(fonction, filtres).order_by("date_depot_initial", "pk")
    if apres is not None:
        last = Demande.objects.pour(fonction).filter(pk=apres).values_list("date_depot_initial").first()
        if last is not None:
            rows = rows.filter(
                Q(date_depot_initial__gt=last[0]) | Q(date_depot_initial=last[0], pk__gt=apres)
            )
    found = list(rows[: PAR_PAGE + 1])
    return PageDemandes(found[:PAR_PAGE], len(found) > PAR_PAGE)


def count_of(fonction: Fonctions, filtres: Filtres) -> int:
    """Return how many requests the filters keep."""
    return int(_kept(fonction, filtres).count())


def _kept(fonction: Fonctions, filtres: Filtres) -> Any:
    rows = Demande.objects.pour(fonction)
    rows = rows.filter(statut=filtres.etat) if filtres.etat in Statut.values else rows.filter(
        statut__in=VIVANTES
    )  # fmt: skip
    if filtres.numero:
        rows = rows.filter(numero_unique__startswith=filtres.numero)
    if filtres.personnes is not None:
        rows = rows.filter(nb_personnes=filtres.personnes)
    if filtres.commune:
        rows = rows.filter(localisations__contains=[filtres.commune])
    if filtres.typologie:
        rows = rows.annotate(
            voulue=F("typologies").bitand(colonne("typologies").bit(filtres.typologie))
        ).filter(voulue__gt=0)
    return rows
