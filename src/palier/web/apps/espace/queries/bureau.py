"""What the persons of an organisme wrote and that nobody has answered. Call inside its perimeter."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

from django.urls import reverse

from palier.web.apps.attributions.queries.travail import Tache
from palier.web.apps.espace.models import Ecrit
from palier.web.apps.espace.rules.ecrits import A_REPONDRE, answer_by
from palier.web.horloge import local_day

PAR_PAGE = 50


def waiting(organisme: uuid.UUID) -> list[Ecrit]:
    """Return the writings that await an answer, the oldest first."""
    rows = Ecrit.objects.filter(
        genre__in=A_REPONDRE, repondu_le__isnull=True, demande__organismes__contains=[organisme]
    )
    return list(rows.select_related("demande").order_by("ecrit_le", "pk")[:PAR_PAGE])


def one(organisme: uuid.UUID, identifiant: uuid.UUID) -> Ecrit | None:
    """Return a writing of a request that the organisme manages."""
    rows = Ecrit.objects.select_related("demande").filter(demande__organismes__contains=[organisme])
    return rows.filter(pk=identifiant, genre__in=A_REPONDRE).first()


def last_day(ecrit: Ecrit) -> dt.date:
    """Return the last day to answer a writing."""
    return answer_by(local_day(ecrit.ecrit_le))


def tasks(organisme: uuid.UUID) -> Iterator[Tache]:
    """Yield the answers that an organisme owes, for its work list."""
    for ecrit in waiting(organisme):
        yield Tache(
            "ecrit",
            last_day(ecrit),
            dossier=ecrit.demande.numero_unique,
            url=reverse("ecrits:un", args=[ecrit.pk]),
        )
