"""What is due for a landlord on a day, by kind; each act is judged again by its machine.

Call inside the perimeter of the landlord.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from typing import Any

from palier.web.apps.attributions.models import (
    Candidature,
    Decision,
    Orientation,
    Proposition,
    Seance,
)
from palier.web.apps.attributions.queries.faits import OFFERTES, VIVANTES, cause_of
from palier.web.apps.organismes.models import Genre, Organisme
from palier.web.postgres.perimetre import perimetre

Liste = Callable[[uuid.UUID, dt.date], list[uuid.UUID]]


def silent(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the offers whose last day is over without an answer."""
    rows = Proposition.objects.filter(candidature__bailleur_id=bailleur, etat="en_cours", ouvert_le__lte=au)
    return _ids(rows.order_by("ouvert_le", "pk"))


def to_take_back(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the vacancies whose réservataire has let its term pass."""
    rows = Orientation.objects.filter(
        vacance__bailleur_id=bailleur, vacance__etat="orientee", en_cours=True, limite__lt=au
    )
    return list(rows.order_by("limite", "pk").values_list("vacance_id", flat=True))


def void(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the live candidacies that a removal, a lease elsewhere or a late paper has ended."""
    rows = Candidature.objects.filter(bailleur_id=bailleur).select_related("demande").order_by("pk")
    gone = rows.filter(etat__in=VIVANTES, demande__statut__in=("radiee", "attribuee"))
    waiting = rows.filter(
        etat__in=("attribution_condition", *OFFERTES), decisions__condition_limite__lt=au
    ).distinct()
    found = dict.fromkeys(c.pk for c in (*gone, *waiting) if cause_of(c, au))
    return list(found)


def past_appeal(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the decisions that nobody can contest any more."""
    rows = Decision.objects.filter(
        candidature__bailleur_id=bailleur, etat="notifiee", recours_ouvert_le__lte=au
    )
    return _ids(rows.order_by("recours_ouvert_le", "pk"))


def files_to_close(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the sessions whose minutes were signed before a day, and whose files are still open."""
    rows = Seance.objects.filter(bailleur_id=bailleur, dossiers_ouverts=True, pv_le__lt=au)
    return _ids(rows.order_by("pk"))


def to_free(bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return the finished candidacies that still open their request, with no decision left to follow."""
    del au
    over = Candidature.objects.filter(bailleur_id=bailleur).exclude(etat__in=(*VIVANTES, "bail"))
    running = Decision.objects.exclude(etat="definitive").values("candidature_id")
    return _ids(over.exclude(acces=[]).exclude(pk__in=running).order_by("pk"))


def any_due(bailleur: uuid.UUID, au: dt.date) -> bool:
    """Tell whether a day brings anything to a landlord."""
    with perimetre(organismes=[bailleur]):
        return any(
            liste(bailleur, au)
            for liste in (silent, to_take_back, void, past_appeal, files_to_close, to_free)
        )


def seen(liste: Liste, bailleur: uuid.UUID, au: dt.date) -> list[uuid.UUID]:
    """Return a list read in the perimeter of its landlord."""
    with perimetre(organismes=[bailleur]):
        return liste(bailleur, au)


def landlords() -> list[uuid.UUID]:
    """Return the landlords of the site, for the jobs."""
    return _ids(Organisme.objects.filter(genre=Genre.BAILLEUR, actif=True).order_by("pk"))


def _ids(rows: Any) -> list[uuid.UUID]:
    found: Iterable[uuid.UUID] = rows.values_list("pk", flat=True)
    return list(found)
