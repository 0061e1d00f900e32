"""Dates as plain text, to stand inside a sentence: the page writes the ordinals."""

from __future__ import annotations

import datetime as dt

from palier.web.components.dates import ecrire_date
from palier.web.horloge import PARIS


def full(jour: dt.date) -> str:
    """Write « 12 mars 2026 »."""
    return ecrire_date(jour)


def named(jour: dt.date) -> str:
    """Write « jeudi 12 mars 2026 »."""
    return ecrire_date(jour, "longue")


def in_paris(instant: dt.datetime) -> dt.date:
    """Return the day of an instant, in Paris."""
    return instant.astimezone(PARIS).date()


def parse(texte: str | None) -> dt.date | None:
    """Read an ISO day as offers keep it; None where there is none."""
    return dt.date.fromisoformat(texte) if texte else None
