"""How long an alert lives, and what it is asked (plateforme.md 1.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.base.periods import add_months

CONFIRMATION = dt.timedelta(hours=48)
NON_CONFIRMEE = dt.timedelta(days=7)
RETOURS_MAX = 3
_MOIS_RELANCE, _MOIS_FIN = 6, 7


@dataclass(frozen=True)
class Bornes:
    """Instants that part the lives of alerts, on a day.

    Parameters
    ----------
    non_confirmee : datetime
        Asked before it and never confirmed: erased.
    relance : datetime
        Confirmed or renewed before it: asked whether to go on.
    fin : datetime
        Confirmed or renewed before it, without answer: erased.
    """

    non_confirmee: dt.datetime
    relance: dt.datetime
    fin: dt.datetime


def bounds(maintenant: dt.datetime) -> Bornes:
    """Return the bounds at an instant; months go date to date, clipped to the month's end."""
    return Bornes(
        maintenant - NON_CONFIRMEE,
        _months_before(maintenant, _MOIS_RELANCE),
        _months_before(maintenant, _MOIS_FIN),
    )


def _months_before(instant: dt.datetime, mois: int) -> dt.datetime:
    """Return the same hour so many months before."""
    return dt.datetime.combine(add_months(instant.date(), -mois), instant.timetz())
