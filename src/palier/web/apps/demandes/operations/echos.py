"""What apps above do when a request leaves the register, in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from palier.web.apps.demandes.models import Demande

Echo = Callable[[Sequence[Demande], str, dt.date, dt.datetime], None]
_radiations: dict[str, Echo] = {}


def declare_radiation(nom: str, echo: Echo) -> None:
    """Add what an app does with requests that leave: it is given them, the reason, the day, the instant."""
    _radiations[nom] = echo


def tell_radiation(demandes: Sequence[Demande], motif: str, le: dt.date, maintenant: dt.datetime) -> None:
    """Tell the apps above that requests have left."""
    for echo in _radiations.values():
        echo(demandes, motif, le, maintenant)
