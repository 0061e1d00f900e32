"""Instants and zones: what is stored is UTC, what is shown is local.

A day ends at 24 o'clock where the person lives (art. 642, code de procédure
civile): one date is another instant in Martinique.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from palier.base.calendrier.feries import JOUR, refuse


def zone(nom: str) -> ZoneInfo:
    """Return a time zone by its IANA name; CAL-004 if there is none."""
    try:
        return ZoneInfo(nom)
    except (LookupError, ValueError, OSError) as error:
        words = "Ce fuseau n'existe pas."
        raise refuse("CAL-004", nom, words, "Donnez un nom comme « Europe/Paris ».") from error


def start_of_day(jour: dt.date, fuseau: str) -> dt.datetime:
    """Return the first instant of a local day, in UTC.

    Examples
    --------
    >>> start_of_day(dt.date(2026, 7, 1), "Europe/Paris").isoformat()
    '2026-06-30T22:00:00+00:00'
    """
    return dt.datetime(jour.year, jour.month, jour.day, tzinfo=zone(fuseau)).astimezone(dt.UTC)


def end_of_day(jour: dt.date, fuseau: str) -> dt.datetime:
    """Return the instant when a local day is over, in UTC: the first that is no longer in it."""
    return start_of_day(jour + JOUR, fuseau)


def local_day(instant: dt.datetime, fuseau: str) -> dt.date:
    """Return the day of an instant where a person lives; CAL-005 without zone."""
    return _utc(instant).astimezone(zone(fuseau)).date()


def elapsed(debut: dt.datetime, fin: dt.datetime) -> dt.timedelta:
    """Return the true time between two instants; CAL-005 without zone.

    Python subtracts two times of one zone as if its clock had never moved.
    """
    return _utc(fin) - _utc(debut)


def _utc(instant: dt.datetime) -> dt.datetime:
    if instant.tzinfo is None:
        words = "L'instant n'a pas de fuseau."
        raise refuse("CAL-005", instant.isoformat(), words, "Donnez un instant en UTC.")
    return instant.astimezone(dt.UTC)
