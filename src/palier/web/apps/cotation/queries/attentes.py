"""The published waits of a queue: one query for all pages, given by the app that publishes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AttentePubliee:
    """Waits of the households that were housed [months], their number, the day of the figure."""

    baux: int
    au: dt.date
    q10: int
    q50: int
    q90: int
    maximum: int


Source = Callable[[str, str], AttentePubliee | None]
_sources: list[Source] = []


def declare_attentes(source: Source) -> None:
    """Say who publishes waits: territory and size give them, or None where they are hidden."""
    _sources[:] = [source]


def published(territoire: str, typologie: str) -> AttentePubliee | None:
    """Return the published waits of a size in a territory; None where nothing may be shown."""
    return _sources[0](territoire, typologie) if _sources else None
