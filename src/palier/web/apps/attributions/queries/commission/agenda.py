"""Sessions as a calendar: what was held, what comes, whose; no file of anybody."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q

from palier.web.apps.attributions.models import Candidature, PointSeance, Seance, Vacance
from palier.web.apps.attributions.queries.faits import examined
from palier.web.postgres.perimetre import perimetre

FINIES = ("transmise", "annulee")
PAR_PAGE = 50


def sessions_of(
    bailleurs: Sequence[uuid.UUID], apres: uuid.UUID | None, nombre: int = PAR_PAGE
) -> list[Seance]:
    """Return the sessions of some commissions, the latest first: day, state, how many homes."""
    with perimetre(organismes=bailleurs):
        rows = Seance.objects.filter(bailleur_id__in=bailleurs).select_related("bailleur")
        if apres is not None and (key := rows.filter(pk=apres).values("le", "pk").first()):
            rows = rows.filter(Q(le__lt=key["le"]) | Q(le=key["le"], pk__lt=key["pk"]))
        counted = rows.annotate(
            homes=Count("points"), examined=Count("points", filter=Q(points__etat="clos"))
        )
        return list(counted.order_by("-le", "-pk")[:nombre])


def last_held(bailleur: uuid.UUID, au: dt.date) -> dt.date | None:
    """Return the day of the last session that was not cancelled (the commission meets every two months)."""
    with perimetre(organismes=[bailleur]):
        rows = Seance.objects.filter(bailleur_id=bailleur, le__lte=au).exclude(etat__in=("projet", "annulee"))
        return rows.order_by("-le").values_list("le", flat=True).first()


def waiting(bailleur: uuid.UUID) -> list[Vacance]:
    """Return the homes that may go on an agenda: those with candidates, on none that lives."""
    alive = PointSeance.objects.filter(vacance=OuterRef("pk"), etat="a_examiner", nature="examen")
    files = Candidature.objects.filter(vacance=OuterRef("pk"), etat__in=("eligible", "inscrite", "examinee"))
    rows = Vacance.objects.filter(
        bailleur_id=bailleur, etat__in=("candidats_recus", "reprise_bailleur", "inscrite")
    )
    return list(
        rows.filter(Exists(files), ~Exists(alive)).select_related("logement").order_by("ouverte_le", "pk")
    )


def to_correct(bailleur: uuid.UUID, etats: Sequence[str] = ("projet",)) -> list[Seance]:
    """Return the sessions that a correction may still be put on."""
    rows = Seance.objects.filter(bailleur_id=bailleur, etat__in=etats)
    return list(rows.order_by("le", "pk"))


def numbers_of(point: PointSeance) -> list[str]:
    """Return the numbers put before a session for a home."""
    return [c.numero_unique for c in examined(point)]
