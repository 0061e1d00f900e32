"""Requests whose day comes: to be told, or past it. Call inside the perimeter of a territory."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from palier.base.periods import add_months
from palier.engines.commission import Dossier
from palier.web.apps.demandes.models import VIVANTES, Avertissement, Demande, MotifRadiation, Territoire

_AVANT_MOIS = 2  # the notice must be received one month before the end: it leaves one month earlier


@dataclass(frozen=True)
class Echeances:
    """What is due: ids to be told, and requests past their day with the days of their notices."""

    a_avertir: list[uuid.UUID]
    finies: list[tuple[Demande, list[dt.date]]]


def due(territoire: str, au: dt.date) -> Echeances:
    """Return what is due in a territory on a day."""
    alive = Demande.objects.filter(territoire=territoire, statut__in=VIVANTES)
    soon = alive.filter(expire_le__gte=au, expire_le__lte=add_months(au, _AVANT_MOIS))
    told = Avertissement.objects.filter(motif=MotifRadiation.NON_RENOUVELLEMENT)
    since = add_months(au, -_AVANT_MOIS)
    silent = soon.exclude(pk__in=told.filter(recu_le__gte=since).values("demande_id"))
    over = list(alive.filter(expire_le__lt=au).order_by("expire_le", "pk"))
    received: dict[uuid.UUID, list[dt.date]] = defaultdict(list)
    for pk, day in told.filter(demande__in=over).values_list("demande_id", "recu_le"):
        received[pk].append(day)
    ids = list(silent.order_by("expire_le", "pk").values_list("pk", flat=True))
    return Echeances(ids, [(demande, _of_this_term(demande, received[demande.pk])) for demande in over])


def _of_this_term(demande: Demande, recus: list[dt.date]) -> list[dt.date]:
    """Keep the notices of the present term: those before the last renewal told of another end."""
    since = demande.date_renouvellement or demande.date_depot_initial
    return [day for day in recus if day >= since]


def file_of(demande: Demande) -> Dossier:
    """Return a request as the engine of the commission reads it; its number stays here."""
    return Dossier(str(demande.pk), demande.date_depot_initial, demande.date_renouvellement, demande.statut)


def place_of(demande: Demande) -> str:
    """Return the place whose calendar counts for a person: where she lives, else where she asks to live."""
    return str(demande.logement_commune or (demande.localisations or [""])[0] or "75056")


def territories() -> list[str]:
    """Return the territories whose requests are here."""
    return list(Territoire.objects.order_by("code").values_list("code", flat=True))
