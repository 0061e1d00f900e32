"""Letters of a desk: by state, kind and proof, by key; one by its spoken code. Call inside a perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from palier.web.apps.attributions.models import Courrier
from palier.web.apps.attributions.rules.courriers import PROUVES, read_code

PAR_PAGE = 50
VIVANTS = ("a_imprimer", "imprimee", "envoyee", "revenue")


@dataclass(frozen=True, slots=True)
class Filtres:
    """What the list keeps: a state (empty: all that still wait), a kind, those whose delivery is proven."""

    etat: str = ""
    genre: str = ""
    preuve: bool = False


def kept(organisme: uuid.UUID, filtres: Filtres) -> QuerySet[Courrier]:
    """Return the letters that the filters keep, those to send first first."""
    rows = Courrier.objects.filter(organisme_id=organisme).select_related("demande")
    rows = rows.filter(etat=filtres.etat) if filtres.etat else rows.filter(etat__in=VIVANTS)
    if filtres.genre:
        rows = rows.filter(genre=filtres.genre)
    if filtres.preuve:
        rows = rows.filter(genre__in=PROUVES)
    return rows.order_by("pour_le", "pk")


def page(organisme: uuid.UUID, filtres: Filtres, apres: uuid.UUID | None) -> tuple[list[Courrier], bool, int]:
    """Return a page of letters, whether there are others, and how many in all."""
    rows = kept(organisme, filtres)
    total = rows.count()
    if apres is not None:
        last = Courrier.objects.filter(pk=apres).values_list("pour_le", flat=True).first()
        if last is not None:
            rows = rows.filter(Q(pour_le__gt=last) | Q(pour_le=last, pk__gt=apres))
    found = list(rows[: PAR_PAGE + 1])
    return found[:PAR_PAGE], len(found) > PAR_PAGE, total


def by_code(organisme: uuid.UUID, dit: str) -> Courrier | None:
    """Return the letter of a spoken or scanned code; None if no letter of mine has it."""
    code = read_code(dit)
    return (code and Courrier.objects.filter(organisme_id=organisme, code=code).first()) or None


def one(organisme: uuid.UUID, pk: uuid.UUID) -> Courrier | None:
    """Return a letter of an organisme, with what its page and its sheet read."""
    rows = Courrier.objects.select_related("demande", "organisme", "proposition")
    return rows.filter(organisme_id=organisme, pk=pk).first()


def of_request(organisme: uuid.UUID, demande: uuid.UUID) -> list[Courrier]:
    """Return the letters of a request, the last first."""
    return list(Courrier.objects.filter(organisme_id=organisme, demande_id=demande).order_by("-pk"))


def counts(organisme: uuid.UUID, au: dt.date) -> tuple[int, int]:
    """Return how many letters wait to leave, and how many of them should have left."""
    waiting = Courrier.objects.filter(
        organisme_id=organisme, etat__in=("a_imprimer", "imprimee"), courriel=False
    )
    return waiting.count(), waiting.filter(pour_le__lt=au).count()
