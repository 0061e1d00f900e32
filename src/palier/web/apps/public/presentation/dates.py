"""Dates as plain text, to stand inside a sentence: the page writes the ordinals."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import get_language

from palier.web.horloge import PARIS


def _day(jour: dt.date, motif: str) -> str:
    first = r"j\e\r" if jour.day == 1 and (get_language() or "fr") == "fr" else "j"
    return date_format(jour, motif.format(j=first), use_l10n=False)


def full(jour: dt.date) -> str:
    """Write « 12 mars 2026 »."""
    return _day(jour, "{j} F Y")


def named(jour: dt.date) -> str:
    """Write « jeudi 12 mars 2026 »."""
    return _day(jour, "l {j} F Y")


def in_paris(instant: dt.datetime) -> dt.date:
    """Return the day of an instant, in Paris."""
    return instant.astimezone(PARIS).date()


def parse(texte: str | None) -> dt.date | None:
    """Read an ISO day as offers keep it; None where there is none."""
    return dt.date.fromisoformat(texte) if texte else None
