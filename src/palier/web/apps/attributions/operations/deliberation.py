"""A home examined in one go, in a room: proposal, hands counted, closing; all of it or nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from palier.engines.commission import Cloture, EcartOrdre
from palier.web.apps.attributions.models import Bulletin, PointSeance, Presence
from palier.web.apps.attributions.operations.acces import acte, note
from palier.web.apps.attributions.operations.corrections import clore_rectification
from palier.web.apps.attributions.operations.points import (
    Choix,
    _locked,
    check_ballots,
    check_voter,
    clore_point,
    proposer_decisions,
)
from palier.web.apps.attributions.queries import faits
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

    The college is gathered and judged once; the journal has a line for each ballot, as one by one.

    Raises
    ------
    DroitError, RefusalError
        Those of :func:`palier.web.apps.attributions.operations.points.voter`.
    """
    with acte(acteur, "vote", "C", PointSeance, point):
        held, seance = _locked(point)
        for membre in voix:
            check_voter(acteur, seance, membre)
        proxies = {absent: p.membre_id for p in Presence.objects.filter(point=held) for absent in p.pouvoirs}
        Bulletin.objects.filter(point=held, tour=held.tour, membre_id__in=voix).delete()
        made = [
            Bulletin(
                point=held, membre_id=membre, par_id=proxies.get(membre), tour=held.tour, sens=sens,
                recu=maintenant,
            )
            for membre, sens in voix.items()
        ]  # fmt: skip
        if made:
            check_ballots(held, seance, [faits.bulletin_of(b) for b in made])
            Bulletin.objects.bulk_create(made)
        for _ballot in made:
            note(acteur, "point.voter", "point", held.pk, seance.bailleur_id)
