"""The only write: add a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from palier.web.apps.journal import queries
from palier.web.apps.journal.models import Evenement, TetePubliee
from palier.web.horloge import PARIS

SYSTEME = "systeme"
_DAY = dt.timedelta(days=1)


def inscrire(
    *,
    acteur: Any,
    verbe: str,
    objet_type: str,
    objet_id: object,
    organisme: object = "",
    champs: Sequence[str] = (),
    motif: str = "",
    origine: str = "site",
) -> Evenement:
    """Add one line, inside the transaction of the act that it tells.

    Call it last in the transaction: the chain is locked until the commit.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who acts; a person is kept as her pseudonymous id. ``SYSTEME`` for jobs.
    verbe : str
        Stable code of the act (``offre.publier``).
    objet_type, objet_id : str, object
        What it bears on.
    organisme : object
        Id of the organisme in whose name the act is done; empty for none.
    champs : sequence of str
        Names of the fields changed or read, never values.
    motif : str
        Code of a reason, never free text about a person.
    origine : str
        Door: ``site``, ``api``, ``lot``, ``tache``, ``commande``.
    """
    name = str(getattr(acteur, "pk", None) or acteur)
    return Evenement.objects.create(
        acteur=name,
        verbe=verbe,
        objet_type=objet_type,
        objet_id=str(objet_id),
        organisme=str(organisme or ""),
        champs=list(champs),
        motif=motif,
        origine=origine,
    )


def inscrire_plusieurs(
    *, acteur: Any, verbe: str, objet_type: str, objets: Sequence[str], organisme: object = "", origine: str
) -> int:
    """Add a line per object, in one statement and in their order; the rest is that of :func:`inscrire`."""
    values = [str(getattr(acteur, "pk", None) or acteur), verbe, objet_type, str(organisme or ""), origine]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_evenement (acteur, verbe, objet_type, organisme, origine, champs, motif,"
            " objet_id) SELECT %s, %s, %s, %s, %s, '{}', '', o FROM unnest(%s::text[]) o",
            [*values, list(objets)],
        )
    return len(objets)


def publier_tetes(*, aujourdhui: dt.date, rattrapage: int = 400) -> list[TetePubliee]:
    """Publish the head of the chain at the end of each day that is over and not yet published.

    Parameters
    ----------
    aujourdhui : date
        The day that is not over yet, in Paris.
    rattrapage : int
        Days looked back at most, after a stop of the worker.
    """
    last = TetePubliee.objects.order_by("-jour").values_list("jour", flat=True).first()
    first = queries.first_day()
    if first is None:
        return []
    day = max(first if last is None else last + _DAY, aujourdhui - rattrapage * _DAY)
    made = []
    while day < aujourdhui:
        end = dt.datetime.combine(day + _DAY, dt.time(), PARIS)
        head = queries.head(end)
        if head is not None:
            values = {"numero": head.numero, "instant": head.instant, "empreinte": head.empreinte}
            found, new = TetePubliee.objects.get_or_create(jour=day, defaults=values)
            made += [found] if new else []
        day += _DAY
    return made
