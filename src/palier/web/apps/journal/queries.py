"""Read the journal, and prove that its chain holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connections

from palier.web.apps.journal.models import Evenement

_VERIFY = """
SELECT count(*),
       min(id) FILTER (WHERE empreinte IS DISTINCT FROM sha256(precedent || texte)
                          OR precedent IS DISTINCT FROM coalesce(avant, '\\x00'::bytea))
FROM (SELECT id, precedent, empreinte, journal_texte(e) AS texte,
             lag(empreinte) OVER (ORDER BY id) AS avant
      FROM journal_evenement e) AS suite
"""


@dataclass(frozen=True)
class Tete:
    """Head of the chain: what is published so that history cannot be rewritten quietly."""

    numero: int
    instant: dt.datetime
    empreinte: str


@dataclass(frozen=True)
class Verification:
    """Result of a verification: number of lines, and the first that is broken."""

    lignes: int
    rompue: int | None


def head(jusqu_a: dt.datetime | None = None) -> Tete | None:
    """Return the last line (before an instant), None for an empty journal."""
    events = Evenement.objects.order_by("-id")
    if jusqu_a is not None:
        events = events.filter(instant__lt=jusqu_a)
    last = events.first()
    if last is None or last.empreinte is None:
        return None
    return Tete(last.pk, last.instant, bytes(last.empreinte).hex())


def verify(alias: str = "default") -> Verification:
    """Recompute the chain, and name the first line that breaks it."""
    with connections[alias].cursor() as cursor:
        cursor.execute(_VERIFY)
        lines, broken = cursor.fetchone()
    return Verification(int(lines), None if broken is None else int(broken))


def recent(organisme: str, avant: int | None = None, nombre: int = 50) -> list[Evenement]:
    """Return the newest events of one organisme, by page of key ``id``."""
    events = Evenement.objects.filter(organisme=organisme).order_by("-id")
    if avant is not None:
        events = events.filter(pk__lt=avant)
    return list(events[:nombre])
