"""The agenda of a session before it is called, and the meeting that a member asks for."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import F

from palier.web.apps.attributions.models import PointSeance, Seance
from palier.web.apps.attributions.operations.acces import acte, lock, note, refus
from palier.web.apps.attributions.queries.faits import reglement_of
from palier.web.apps.attributions.rules import Acteur

_LOIN = 10_000


def ordonner(*, acteur: Acteur, point: uuid.UUID, place: int) -> PointSeance:
    """Give a home another place on the agenda; the others close up.

    Raises
    ------
    RefusalError
        ATR-011 the session is called already; ATR-120 no such place.
    """
    with acte(acteur, "seance", "U", PointSeance, point):
        seance = lock(Seance, PointSeance.objects.get(pk=point).seance_id)
        if seance.etat != "projet":
            raise refus(
                "ATR-011",
                "séance",
                "L'ordre du jour est parti avec la convocation.",
                "Gardez cet ordre, ou convoquez une autre séance.",
                "R441-9 CCH",
            )
        rows = list(seance.points.select_for_update(of=("self",)).order_by("place"))
        if not 1 <= place <= len(rows):
            raise refus(
                "ATR-120",
                "place",
                "Cette place n'existe pas à l'ordre du jour.",
                f"Donnez une place de 1 à {len(rows)}.",
            )
        moved = next(row for row in rows if row.pk == point)
        rows.remove(moved)
        rows.insert(place - 1, moved)
        seance.points.update(place=F("place") + _LOIN)  # two homes never hold one place, even in passing
        for number, row in enumerate(rows, start=1):
            row.place = number
            PointSeance.objects.filter(pk=row.pk).update(place=number)
        note(acteur, "seance.ordonner", "seance", seance.pk, seance.bailleur_id)
    return moved


def demander_reunion(*, acteur: Acteur, seance: uuid.UUID, maintenant: dt.datetime) -> Seance:
    """Ask that a written session meet: a member does, and the règlement may grant it.

    Raises
    ------
    RefusalError
        ATR-121 the session is not in writing or not running, or its règlement does not allow it.
    """
    with acte(acteur, "vote", "C", Seance, seance):
        held = lock(Seance, seance)
        runs = held.mode == "ecrite" and held.etat in ("convoquee", "ouverte", "suspendue")
        if not runs or held.reglement is None or not reglement_of(held.reglement).reunion_sur_demande:
            raise refus(
                "ATR-121",
                "séance",
                "Une réunion ne se demande que pendant une séance écrite, si le règlement le permet.",
                "Lisez le règlement, ou écrivez au président.",
                "R441-9 CCH",
            )
        if held.reunion_demandee_le is None:
            held.reunion_demandee_le, held.reunion_demandee_par_id = maintenant, acteur.membre
            held.save(update_fields=["reunion_demandee_le", "reunion_demandee_par"])
        note(acteur, "seance.demander_reunion", "seance", held.pk, held.bailleur_id)
    return held
