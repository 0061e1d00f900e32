"""Kaplan-Meier and Aalen-Johansen on days, with two causes of exit.

Plain Python over the distinct days of exit (a few thousand): exact counts
come in, floats go out. Risk sets may be real numbers, which lets the same
code serve pooled counts.

References
----------
- Kaplan, Meier (1958), JASA 53, 457-481. Greenwood (1926).
- Aalen, Johansen (1978), Scand. J. Statist. 5, 141-150.
- Variance of the cumulative incidence: the Greenwood-type recursion of
  Allignol, Schumacher, Beyersmann (2010), Biometrical Journal 52, 126-137,
  which they recommend under left truncation.
- Bounds: log(-log) for S (Kalbfleisch, Prentice 1980, section 1.3), arcsine
  for F (Borgan, Liestøl 1990, Scand. J. Statist. 17, 35-41).
- Quantiles of a cumulative incidence: Peng, Fine (2007), Biometrika 94,
  735-744; bounds by inversion: Brookmeyer, Crowley (1982), Biometrics 38.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import NamedTuple

NIVEAU_CONFIANCE = 95
_Z = NormalDist().inv_cdf(0.5 + NIVEAU_CONFIANCE / 200)
# A share that float products leave a hair below a part still reaches it.
_TOLERANCE = 1e-9


class Pas(NamedTuple):
    """One day with exits: who was at risk, who was housed, who left.

    A request is at risk on day ``t`` if it entered observation on ``t`` or
    before and had not ended before ``t``; those censored on ``t`` still count.
    """

    jour: int
    risque: float
    loges: float
    partis: float = 0.0


class Etat(NamedTuple):
    """Estimates just after a day: shares and the variances of their estimates."""

    jour: int
    attend: float
    loge: float
    parti: float
    var_attend: float
    var_loge: float
    var_parti: float


def aalen_johansen(pas: Iterable[Pas]) -> list[Etat]:
    """Estimate who still waits, is housed, or has left, after each day.

    Parameters
    ----------
    pas : iterable of Pas
        In increasing order of days; days without any exit may be left out.

    Returns
    -------
    list of Etat
        One per day.

    Notes
    -----
    With ``h_k = d_k / n`` and ``h = h_1 + h_2``: ``F_k += S h_k``,
    ``S *= 1 - h``. The variances follow by the delta method, step by step,
    with multinomial increments: ``Var(h_k) = h_k (1 - h_k) / n``. For S this
    is Greenwood's formula; with one cause the variance of F is that of S.
    """
    attend, loge, parti = 1.0, 0.0, 0.0
    var, var_loge, var_parti, cov_loge, cov_parti = 0.0, 0.0, 0.0, 0.0, 0.0
    found = []
    for day in pas:
        housed, left = day.loges / day.risque, day.partis / day.risque
        stay = max(0.0, (day.risque - day.loges - day.partis) / day.risque)
        noise = attend * attend / day.risque
        var_loge += housed * (2 * cov_loge + housed * var + noise * (1 - housed))
        var_parti += left * (2 * cov_parti + left * var + noise * (1 - left))
        cov_loge = stay * (cov_loge + housed * (var - noise))
        cov_parti = stay * (cov_parti + left * (var - noise))
        var = stay * (stay * var + (1 - stay) * noise)
        loge += attend * housed
        parti += attend * left
        attend *= stay
        found.append(Etat(day.jour, attend, loge, parti, var, max(0.0, var_loge), max(0.0, var_parti)))
    return found


def kaplan_meier(pas: Iterable[Pas]) -> list[tuple[int, float, float, float, float]]:
    """Estimate the share still waiting, all exits together.

    Returns
    -------
    list of tuple
        Day, share, variance (Greenwood), lower and upper bound (log-log).
    """
    found = []
    for state in aalen_johansen(pas):
        low, high = log_log_bounds(state.attend, state.var_attend)
        found.append((state.jour, state.attend, state.var_attend, low, high))
    return found


def log_log_bounds(share: float, variance: float) -> tuple[float, float]:
    """Return the 95 % bounds of a survival share, symmetric on log(-log S).

    At 0 and 1 the scale has no width: both bounds are the share.
    """
    if not 0.0 < share < 1.0 or variance <= 0.0:
        return share, share
    width = min(_Z * math.sqrt(variance) / (share * -math.log(share)), 500.0)
    return share ** math.exp(width), share ** math.exp(-width)


def arcsine_bounds(share: float, variance: float) -> tuple[float, float]:
    """Return the 95 % bounds of a cumulative incidence, on asin(sqrt(F)).

    Unlike log(-log) scales, it stays sound for a share near 0 that rests on a
    fraction of an observation, as a borrowed one does.
    """
    if not 0.0 < share < 1.0 or variance <= 0.0:
        return share, share
    angle = math.asin(math.sqrt(share))
    width = _Z * math.sqrt(variance / (4 * share * (1 - share)))
    return math.sin(max(0.0, angle - width)) ** 2, math.sin(min(math.pi / 2, angle + width)) ** 2


def first_day(jours: Sequence[int], shares: Sequence[float], part: float) -> int | None:
    """Return the first day on which a share reaches a part, None if never."""
    return next((jour for jour, share in zip(jours, shares, strict=True) if share >= part - _TOLERANCE), None)
