"""Results of the wait engine: frozen, plain data, with masked small counts.

Probabilities are floats (they are estimates, compared with no legal
threshold); durations are whole days, and months rounded half up.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Niveau = Literal["territoire", "typologie", "typologie_secteur"]

_JOURS_400_ANS, _MOIS_400_ANS = 146_097, 4_800


def mois(jours: int) -> int:
    """Turn days into months of the Gregorian calendar, rounded half up.

    Examples
    --------
    >>> mois(365), mois(45), mois(520)
    (12, 1, 17)
    """
    return (2 * jours * _MOIS_400_ANS + _JOURS_400_ANS) // (2 * _JOURS_400_ANS)


@dataclass(frozen=True, slots=True)
class Strate:
    """A group of requests: the territory, a size, or a size in a sector."""

    typologie: str | None = None
    secteur: str | None = None

    @property
    def niveau(self) -> Niveau:
        """Level of the group in the tree of groups."""
        if self.typologie is None:
            return "territoire"
        return "typologie" if self.secteur is None else "typologie_secteur"

    @property
    def parent(self) -> Strate | None:
        """The group just above, None for the territory."""
        if self.typologie is None:
            return None
        return Strate() if self.secteur is None else Strate(self.typologie)


@dataclass(frozen=True, slots=True)
class Point:
    """One step of the curve: shares of the requests on a day after filing.

    ``loge`` is the cumulative incidence of being housed with its bounds,
    ``parti`` of leaving otherwise, ``attend`` the share still waiting; the
    three sum to 1.
    """

    jour: int
    loge: float
    bas: float
    haut: float
    parti: float
    attend: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The day by which ``part`` % of requests are housed, in days after filing.

    ``jours`` is None if the curve never reaches the part before the horizon;
    a bound is None if it lies beyond the horizon.
    """

    part: int
    jours: int | None
    bas_jours: int | None
    haut_jours: int | None

    @property
    def etat(self) -> Literal["atteint", "non_atteint"]:
        """Tell whether the part is reached."""
        return "non_atteint" if self.jours is None else "atteint"


@dataclass(frozen=True, slots=True)
class Observee:
    """Past durations of one group, in days: mean and median, rounded half up.

    For ``observee_loges``: filing to lease, over the leases of a window. For
    ``anciennete_en_attente``: filing to today, over the pending requests.
    """

    etat: Literal["observe", "trop_peu"]
    fenetre_mois: int | None
    effectif: int | None = None
    moyenne_jours: int | None = None
    mediane_jours: int | None = None


@dataclass(frozen=True, slots=True)
class Estimee:
    """Estimated wait of the requests of a group.

    Parameters
    ----------
    etat : str
        ``estime``, or ``trop_peu``: too few housed, no number at all.
    effectif, loges, partis, en_attente : int, optional
        Requests used, and what became of them; None where a group is too
        small, or could be found by difference.
    condition_jour : int
        The curve speaks of the requests still waiting on that day (0: all).
    horizon_jour : int, optional
        Last day on which enough requests are observed.
    poids_parent : int
        Requests that the estimate borrows from the group above.
    quantiles : tuple of Quantile
    points : tuple of Point
    """

    etat: Literal["estime", "trop_peu"]
    effectif: int | None = None
    loges: int | None = None
    partis: int | None = None
    en_attente: int | None = None
    condition_jour: int = 0
    horizon_jour: int | None = None
    poids_parent: int = 0
    quantiles: tuple[Quantile, ...] = ()
    points: tuple[Point, ...] = ()

    def at(self, jour: int) -> Point | None:
        """Return the shares on a day, None outside what is observed."""
        if self.horizon_jour is None or not self.condition_jour <= jour <= self.horizon_jour:
            return None
        place = bisect_right(self.points, jour, key=lambda point: point.jour)
        return replace(self.points[place - 1], jour=jour) if place else Point(jour, 0.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Attente:
    """What is known of the wait in one group, at a date.

    The mean of those housed (``observee_loges``) is not the wait of those
    waiting (``estimee_demandeurs``), nor the age of the pending requests
    (``anciennete_en_attente``).
    """

    strate: Strate
    au: dt.date
    observee_loges: tuple[Observee, ...]
    anciennete_en_attente: Observee
    estimee_demandeurs: Estimee

    @property
    def etat(self) -> Literal["estime", "trop_peu"]:
        """State of the estimate."""
        return self.estimee_demandeurs.etat

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; dates as ISO text."""
        raw = asdict(self)
        raw["au"] = self.au.isoformat()
        raw["strate"]["niveau"] = self.strate.niveau
        for place, quantile in enumerate(self.estimee_demandeurs.quantiles):
            raw["estimee_demandeurs"]["quantiles"][place]["etat"] = quantile.etat
        return raw


@dataclass(frozen=True, slots=True)
class Attentes:
    """Waits of all groups of a table, the territory first.

    Parameters
    ----------
    au : date
        Date of the data.
    depuis : date, optional
        Start of the observed period.
    hors_observation : int
        Rows that were never observed at risk: ended before the period, filed
        after ``au``, or ended before the asked seniority.
    strates : dict
        One :class:`Attente` per group.
    """

    au: dt.date
    depuis: dt.date | None
    hors_observation: int
    strates: dict[Strate, Attente]

    def __iter__(self) -> Iterator[Attente]:
        """Iterate over the groups, parents before children."""
        return iter(self.strates.values())

    def __getitem__(self, strate: Strate) -> Attente:
        """Return a group; KeyError if the table has no such request."""
        return self.strates[strate]

    def finest(self, typologie: str | None, secteur: str | None = None) -> Attente:
        """Return the finest group that has an estimate, else the territory."""
        strate: Strate | None = Strate(typologie, secteur if typologie else None)
        while strate is not None:
            found = self.strates.get(strate)
            if found is not None and (found.etat == "estime" or strate.parent is None):
                return found
            strate = strate.parent
        raise KeyError("table vide")

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        return {
            "au": self.au.isoformat(),
            "depuis": self.depuis.isoformat() if self.depuis else None,
            "hors_observation": self.hors_observation,
            "strates": [attente.to_dict() for attente in self],
        }
