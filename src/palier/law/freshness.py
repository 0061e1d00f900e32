"""Freshness: until when a reading of the sources holds."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from palier.base.periods import add_months

Etat = Literal["a_jour", "bientot", "non_verifie", "sans_valeur", "perime"]

_MOIS = {"annuel": 12, "stable": 24}
RYTHMES = ("annuel_1er_janvier", *_MOIS)
_PREAVIS_JOURS = 60


class Fraicheur(NamedTuple):
    """State of one file of the law at a date.

    ``perime``: the sources must be read again. ``sans_valeur``: no value is
    known for that date. ``non_verifie``: the value in force was never checked
    against its source. ``bientot``: the check expires within 60 days.
    """

    id: str
    verifie_le: dt.date
    rythme: str
    perime_le: dt.date
    etat: Etat


def expires_on(verifie_le: dt.date, rythme: str) -> dt.date:
    """Return the first day for which the check no longer speaks.

    Parameters
    ----------
    verifie_le : date
        Day of the last reading of the sources.
    rythme : str
        ``annuel_1er_janvier`` (a new text each 1 January), ``annuel`` (within
        12 months), ``stable`` (changes rarely: re-read within 24 months).

    Examples
    --------
    >>> expires_on(dt.date(2026, 11, 23), "annuel_1er_janvier")
    datetime.date(2027, 1, 1)
    """
    if rythme == "annuel_1er_janvier":
        return dt.date(verifie_le.year + 1, 1, 1)
    return add_months(verifie_le, _MOIS[rythme])


def state_at(au: dt.date, perime_le: dt.date, connue: bool, verifie: bool) -> Etat:
    """Tell the state of a file whose check expires on ``perime_le``."""
    if au >= perime_le:
        return "perime"
    if not connue:
        return "sans_valeur"
    if not verifie:
        return "non_verifie"
    return "bientot" if (perime_le - au).days <= _PREAVIS_JOURS else "a_jour"
