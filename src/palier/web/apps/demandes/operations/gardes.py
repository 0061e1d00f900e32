"""What apps above this one know of a request, and that forbids to join it to another, or to part it."""

from __future__ import annotations

from collections.abc import Callable

from palier.base.errors import Problem
from palier.web.apps.demandes.models import Demande

Garde = Callable[[Demande], list[Problem]]
_gardes: dict[str, Garde] = {}


def declare_garde(nom: str, garde: Garde) -> None:
    """Add what is asked before a person closes or parts a request; call from ``AppConfig.ready``."""
    _gardes[nom] = garde


def held_back(demande: Demande) -> list[Problem]:
    """Return what forbids to close or to part a request. Call inside the perimeter of its territory."""
    return [problem for garde in _gardes.values() for problem in garde(demande)]
