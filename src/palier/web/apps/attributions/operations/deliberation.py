"""A home examined in one go, in a room: proposal, hands counted, closing; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from palier.engines.commission import Cloture, EcartOrdre
from palier.web.apps.attributions.models import Bulletin, PointSeance, Presence
from palier.web.apps.attributions.operations.acces import acte
from palier.web.apps.attributions.operations.corrections import clore_rectification
from palier.web.apps.attributions.operations.points import (
    Choix,
    clore_point,
    proposer_decisions,
    voter,
)
from palier.web.apps.attributions.rules import Acteur


def deliberer(
    *,
    acteur: Acteur,
    point: uuid.UUID,
    choix: Sequence[Choix],
    ecarts: Sequence[EcartOrdre],
    voix: Mapping[uuid.UUID, str],
    maintenant: dt.datetime,
) -> Cloture:
    """Propose, count the hands of each member, close: what the president does for a home in a room.

    Parameters
    ----------
    voix : mapping of UUID to str
        ``oui``, ``non`` or ``abstention`` by member; whoever is represented votes by her proxy.

    Raises
    ------
    DroitError, RefusalError
        Those of the three acts; nothing of them is written then.
    """
    with transaction.atomic():
        proposer_decisions(acteur=acteur, point=point, choix=choix, ecarts=ecarts)
        compter_mains(acteur=acteur, point=point, voix=voix, maintenant=maintenant)
        return clore_point(acteur=acteur, point=point, maintenant=maintenant)


def deliberer_rectification(
    *, acteur: Acteur, point: uuid.UUID, voix: Mapping[uuid.UUID, str], maintenant: dt.datetime
) -> Cloture:
    """Count the hands on a correction that is proposed, and close it."""
    with transaction.atomic():
        compter_mains(acteur=acteur, point=point, voix=voix, maintenant=maintenant)
        return clore_rectification(acteur=acteur, point=point, maintenant=maintenant)


def compter_mains(
    *, acteur: Acteur, point: uuid.UUID, voix: Mapping[uuid.UUID, str], maintenant: dt.datetime
) -> None:
    """Receive the ballots that the president counts in a room, in place of those of this round.

    Raises
    ------
    DroitError, RefusalError
        Those of :func:`voter`.
    """
    with transaction.atomic():
        with acte(acteur, "vote", "C", PointSeance, point) as held:
            if held.etat == "a_examiner":
                Bulletin.objects.filter(point=held, tour=held.tour, membre_id__in=voix).delete()
            proxies = {
                absent: p.membre_id for p in Presence.objects.filter(point=held) for absent in p.pouvoirs
            }
        for membre, sens in voix.items():
            voter(
                acteur=acteur,
                point=point,
                membre=membre,
                sens=sens,
                maintenant=maintenant,
                par=proxies.get(membre),
            )
