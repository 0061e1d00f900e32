"""What a person wrote, and that awaits an answer within a month (RGPD, article 12-3)."""

from __future__ import annotations

import datetime as dt

from palier.base.periods import add_months

A_REPONDRE = ("correction", "rectification", "opposition", "contestation")
_MOIS = 1


def answer_by(ecrit_le: dt.date) -> dt.date:
    """Return the last day to answer.

    Examples
    --------
    >>> answer_by(dt.date(2026, 1, 31))
    datetime.date(2026, 2, 28)
    """
    return add_months(ecrit_le, _MOIS)
