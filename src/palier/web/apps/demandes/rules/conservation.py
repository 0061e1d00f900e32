"""How long a closed request is kept, from the law, without Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.base.periods import add_months
from palier.law import LoiAu

TABLE = "conservation_demandes"


@dataclass(frozen=True, slots=True)
class Horizons:
    """For each kind of data, the last day of closing whose time is over."""

    pieces: dt.date
    contenu: dt.date
    preuve: dt.date


def horizons(loi: LoiAu) -> Horizons:
    """Return, on the day of the law, the closings whose data must go: those of this day or before."""
    rows = loi.get(TABLE).details
    pieces, contenu, preuve = (
        add_months(loi.date, -int(rows[name]["mois"])) for name in ("pieces", "contenu", "preuve")
    )
    return Horizons(pieces, contenu, preuve)
