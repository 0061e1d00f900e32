"""Who is there for one home: the roll is called whole, departures included."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from palier.web.apps.attributions.models import Membre, PointSeance, Presence
from palier.web.apps.attributions.operations.acces import acte, note, refus
from palier.web.apps.attributions.operations.points import _college, _locked
from palier.web.apps.attributions.rules import Acteur


@dataclass(frozen=True, slots=True)
class Presente:
    """A member who is there, or came and left for a declared interest."""

    pouvoirs: tuple[uuid.UUID, ...] = ()
    interet: str = ""


def faire_appel(
    *, acteur: Acteur, point: uuid.UUID, presents: Mapping[uuid.UUID, Presente], maintenant: dt.datetime
) -> list[Presence]:
    """Write who is there for a home; whoever is no longer said to be there has left.

    A member who was there already keeps the instant at which she was checked in.

    Raises
    ------
    RefusalError
        ATR-012 the item is closed, ATR-129 the session is not called; those of the college: COM-114, COM-119.
    """
    with acte(acteur, "seance", "U", PointSeance, point):
        held, seance = _locked(point)
        if seance.reglement is None:
            raise refus(
                "ATR-129",
                "séance",
                "La séance n'est pas convoquée : aucun règlement ne dit encore le quorum.",
                "Convoquez-la, puis faites l'appel.",
                "R441-9 CCH",
            )
        known = set(Membre.objects.filter(bailleur_id=seance.bailleur_id).values_list("pk", flat=True))
        before = {p.membre_id: p for p in Presence.objects.filter(point=held)}
        Presence.objects.filter(point=held).exclude(membre_id__in=presents).delete()
        made = []
        for membre, said in presents.items():
            if membre not in known:
                raise Membre.DoesNotExist
            row = before.get(membre) or Presence(point=held, membre_id=membre, pointee_le=maintenant)
            row.pouvoirs, row.interet = list(said.pouvoirs), said.interet
            row.save()
            made.append(row)
        _college(held, seance)
        note(acteur, "point.appel", "point", held.pk, seance.bailleur_id)
    return made
