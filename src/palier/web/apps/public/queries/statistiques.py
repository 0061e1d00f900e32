"""Published figures about queues: the only thing that the open site knows of requests.

A row of ``StatistiqueFile`` is made from a table of requests outside the site and never holds a group
under the threshold. ``attente`` is ``{"baux": n, "depuis": ISO date, "q10": …, "q50": …, "q90": …,
"maximum": …, "liberes_12_mois": n}``: waits in whole months of households housed since that date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from palier.engines.secret.seuil import SEUIL, is_publishable
from palier.web.apps.cotation.queries.attentes import AttentePubliee
from palier.web.apps.public.models import StatistiqueFile


@dataclass(frozen=True, slots=True)
class Attentes:
    """Waits of the households that were housed [months], and how many they are; None: too few to tell."""

    baux: int
    depuis: dt.date | None
    q10: int | None
    q50: int
    q90: int | None
    maximum: int
    liberes: int | None


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What is published of one queue.

    Parameters
    ----------
    etat : str
        ``publiee``; ``masquee``: the group is under the threshold; ``absente``: nothing is published
        about this territory.
    seuil : int
        Least number of requests of a published group.
    n : int
        Live requests, 0 unless published.
    """

    etat: str
    seuil: int = SEUIL
    territoire: str = ""
    typologie: str = ""
    au: dt.date | None = None
    n: int = 0
    attentes: Attentes | None = None


_YEAR = 12


def figure_of(territoire: str, typologie: str) -> FigureFile:
    """Return what is published of the queue of a size in a territory (SIREN of the EPCI)."""
    if not territoire or not typologie:
        return FigureFile("absente")
    rows = StatistiqueFile.objects.filter(territoire=territoire, secteur="")
    latest = rows.order_by("-au").values_list("au", flat=True).first()
    if latest is None:
        return FigureFile("absente", territoire=territoire, typologie=typologie)
    found = rows.filter(au=latest, typologie__iexact=typologie).first()
    if found is None or not is_publishable(found.n):
        return FigureFile("masquee", territoire=territoire, typologie=typologie, au=latest)
    return _figure(found)


def published_wait(territoire: str, typologie: str) -> AttentePubliee | None:
    """Return the published waits of a size; None where they are hidden, or their band is not known."""
    figure = figure_of(territoire, typologie)
    waits = figure.attentes
    if waits is None or figure.au is None or waits.q10 is None or waits.q90 is None:
        return None
    return AttentePubliee(waits.baux, figure.au, waits.q10, waits.q50, waits.q90, waits.maximum)


def has_figures() -> bool:
    """Tell whether anything is published about requests."""
    return StatistiqueFile.objects.exists()


def main_figure() -> FigureFile:
    """Return the figure of the largest published queue of one size, for the home page."""
    latest = StatistiqueFile.objects.order_by("-au").values_list("au", flat=True).first()
    found = (
        StatistiqueFile.objects.filter(au=latest, secteur="", attente__isnull=False)
        .exclude(typologie="")
        .order_by("-n", "territoire", "typologie")
        .first()
        if latest
        else None
    )
    return _figure(found) if found else FigureFile("absente")


def _figure(row: StatistiqueFile) -> FigureFile:
    return FigureFile(
        "publiee",
        territoire=row.territoire,
        typologie=row.typologie.lower(),
        au=row.au,
        n=row.n,
        attentes=_waits(row.attente),
    )


def _months(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _waits(attente: Mapping[str, Any] | None) -> Attentes | None:
    """Return the waits, None where they are missing, out of order, or drawn from too few leases."""
    if not attente:
        return None
    low, middle, high = (_months(attente.get(name)) for name in ("q10", "q50", "q90"))
    leases = attente.get("baux") or 0
    if middle is None or not is_publishable(leases):
        return None
    since = attente.get("depuis")
    freed = attente.get("liberes_12_mois")
    return Attentes(
        baux=leases,
        depuis=dt.date.fromisoformat(since) if since else None,
        q10=low,
        q50=middle,
        q90=high,
        maximum=max(_months(attente.get("maximum")) or 0, high or middle, _YEAR),
        liberes=freed if isinstance(freed, int) and is_publishable(freed) else None,
    )
