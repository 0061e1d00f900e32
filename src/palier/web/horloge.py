"""The only clock of the web room: the core takes dates as arguments."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> dt.datetime:
    """Return the present instant, aware, in UTC."""
    return timezone.now()


def aujourdhui() -> dt.date:
    """Return the day in Paris."""
    return maintenant().astimezone(PARIS).date()


def local_day(instant: dt.datetime) -> dt.date:
    """Return the day of an instant in Paris."""
    return instant.astimezone(PARIS).date()
