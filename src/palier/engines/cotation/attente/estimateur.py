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
- Bounds on log(-log(1 - F)): Kalbfleisch, Prentice (1980), section 1.3, on S.
- Quantiles of a cumulative incidence: Peng, Fine (2007), Biometrika 94,
  735-744; bounds by inversion: Brookmeyer, Crowley (1982), Biometrics 38.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

NIVEAU_CONFIANCE = 95
_Z = NormalDist().inv_cdf(0.5 + NIVEAU_CONFIANCE / 200)
# A share that float products leave a hair below a part still reaches it.
_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Pas:
    """One day with exits: who was at risk, who was housed, who left.

    A request is at risk on day ``t`` if it entered observation on ``t`` or
    before and had not ended before ``t``; those censored on ``t`` still count.
    """

    jour: int
    risque: float
    loges: float
    partis: float = 0.0


@dataclass(frozen=True, slots=True)
class Etat:
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
        low, high = bounds(1 - state.attend, state.var_attend)
        found.append((state.jour, state.attend, state.var_attend, 1 - high, 1 - low))
    return found


def bounds(share: float, variance: float) -> tuple[float, float]:
    """Return the 95 % bounds of a cumulative incidence.

    They stay in [0, 1] and, with one cause, are the log-log bounds of
    Kaplan-Meier. At 0 and 1 the scale has no width: both bounds are the share.
    """
    if not 0.0 < share < 1.0 or variance <= 0.0:
        return share, share
    rest = 1 - share
    width = _Z * math.sqrt(variance) / (rest * -math.log(rest))
    if width > 700:
        return 0.0, 1.0
    return 1 - rest ** math.exp(-width), 1 - rest ** math.exp(width)


def first_day(jours: Sequence[int], shares: Sequence[float], part: float) -> int | None:
    """Return the first day on which a share reaches a part, None if never."""
    return next((jour for jour, share in zip(jours, shares, strict=True) if share >= part - _TOLERANCE), None)
