"""What apps above do when a request leaves the register, in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from palier.web.apps.demandes.models import Demande

Echo = Callable[[Sequence[Demande], str, dt.date, dt.datetime], None]
_radiations: dict[str, Echo] = {}


#: What an app moves from a request to the one that is kept, and gives back: plain data in between.
Deplacer = Callable[[Demande, Demande], list[str]]
Rendre = Callable[[Demande, Demande, Sequence[str]], None]
_fusions: dict[str, tuple[Deplacer, Rendre]] = {}


def declare_fusion(nom: str, deplacer: Deplacer, rendre: Rendre) -> None:
    """Add what an app moves when two requests become one, and how it gives it back."""
    _fusions[nom] = (deplacer, rendre)


def move_all(gardee: Demande, autre: Demande) -> dict[str, list[str]]:
    """Let the apps above move what they hold; return what undoing will need."""
    return {nom: move(gardee, autre) for nom, (move, _back) in _fusions.items()}


def give_all_back(gardee: Demande, autre: Demande, avant: Mapping[str, Sequence[str]]) -> None:
    """Let the apps above give back what they moved."""
    for nom, moved in avant.items():
        _fusions[nom][1](gardee, autre, moved)


def declare_radiation(nom: str, echo: Echo) -> None:
    """Add what an app does with requests that leave: it is given them, the reason, the day, the instant."""
    _radiations[nom] = echo


def tell_radiation(demandes: Sequence[Demande], motif: str, le: dt.date, maintenant: dt.datetime) -> None:
    """Tell the apps above that requests have left."""
    for echo in _radiations.values():
        echo(demandes, motif, le, maintenant)
