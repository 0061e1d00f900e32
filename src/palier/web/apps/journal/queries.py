"""Read the journal, and prove that its chain holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections

from palier.web.apps.journal.models import Evenement, TetePubliee
from palier.web.horloge import PARIS

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


def first_day() -> dt.date | None:
    """Return the day of the first line, in Paris."""
    first = Evenement.objects.order_by("id").values_list("instant", flat=True).first()
    return None if first is None else first.astimezone(PARIS).date()


def published_heads(avant: dt.date | None = None, nombre: int = 31) -> list[TetePubliee]:
    """Return the newest published heads, by page of key ``jour``."""
    heads = TetePubliee.objects.order_by("-jour")
    if avant is not None:
        heads = heads.filter(jour__lt=avant)
    return list(heads[:nombre])


def every_head() -> list[TetePubliee]:
    """Return all published heads, newest first: one a day."""
    return list(TetePubliee.objects.order_by("-jour"))


def has_heads() -> bool:
    """Tell whether a head is published."""
    return TetePubliee.objects.exists()


def unlike(tetes: Iterable[tuple[int, str]], alias: str = "default") -> list[int]:
    """Return the numbers of the heads that the journal does not hold as they were published.

    Parameters
    ----------
    tetes : iterable of (int, str)
        Number of a line and its digest, as published or as a third party kept them.
    alias : str
        Connection to read through.
    """
    wanted = list(tetes)
    held = dict(
        Evenement.objects.using(alias)
        .filter(pk__in=[number for number, _ in wanted])
        .values_list("pk", "empreinte")
    )
    return sorted(n for n, digest in wanted if bytes(held.get(n) or b"").hex() != digest.lower())


def all_heads(alias: str = "default") -> list[tuple[int, str]]:
    """Return each published head: number of line and digest."""
    return list(TetePubliee.objects.using(alias).order_by("jour").values_list("numero", "empreinte"))


def recent(organisme: str | None, avant: int | None = None, nombre: int = 50) -> list[Evenement]:
    """Return the newest events of one organisme (None: of all), by page of key ``id``."""
    events = Evenement.objects.order_by("-id")
    if organisme is not None:
        events = events.filter(organisme=organisme)
    if avant is not None:
        events = events.filter(pk__lt=avant)
    return list(events[:nombre])
