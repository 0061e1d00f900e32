"""Number of requests and wait of the queue of each home of a list, from published figures only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches

from palier.engines.secret.seuil import is_publishable
from palier.web.apps.public.models import StatistiqueFile
from palier.web.apps.territoires.queries import communes_at

_NOM, _SECONDES = "files_publiees", 300


@dataclass(frozen=True, slots=True)
class File:
    """Requests of a queue and its median wait [months], each None where it is hidden."""

    n: int | None
    attente: int | None


def files_of(pairs: Iterable[tuple[str, str]], au: dt.date) -> dict[tuple[str, str], File]:
    """Return the queue of each commune and size whose territory publishes figures.

    Parameters
    ----------
    pairs : iterable of tuple
        Code of a commune, size.
    au : date
        Today, in Paris.
    """
    told = _published()
    wanted = set(pairs)
    if not told or not wanted:
        return {}
    places = communes_at({commune for commune, _ in wanted}, au)
    found = {}
    for commune, typologie in wanted:
        place = places.get(commune)
        queues = told.get(place.epci) if place else None
        if queues is not None:
            found[commune, typologie] = queues.get(typologie, File(None, None))
    return found


def _published() -> dict[str, dict[str, File]]:
    """Return the latest queues of each territory, by size; kept for some minutes."""
    memory = caches["memoire"]
    known: dict[str, dict[str, File]] | None = memory.get(_NOM)
    if known is not None:
        return known
    rows = StatistiqueFile.objects.filter(secteur="").exclude(typologie="").order_by("territoire", "-au")
    made: dict[str, dict[str, File]] = {}
    latest: dict[str, dt.date] = {}
    for code, size, au, n, waits in rows.values_list("territoire", "typologie", "au", "n", "attente"):
        if au < latest.setdefault(code, au):
            continue
        months = (waits or {}).get("q50")
        enough = is_publishable((waits or {}).get("baux") or 0)
        made.setdefault(code, {})[size.lower()] = File(
            n if is_publishable(n) else None, months if enough else None
        )
    memory.set(_NOM, made, _SECONDES)
    return made
