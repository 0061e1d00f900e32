"""Shrinkage: a small group borrows from the group above it.

The prior says that, before its own data, a group behaves as the parent does,
with the weight of ``n0`` requests: on each day the three hazards (housed,
left, stay) follow a Dirichlet law centred on those of the parent, worth
``c(t) = n0 S_parent(t-)`` requests, what would remain of ``n0`` requests of the
parent. In discrete time this is a Dirichlet process; it is conjugate under
censoring and delayed entry, and the posterior mean is the Aalen-Johansen
estimate of the counts ``d_k + c h_k`` among ``n + c``. The curve tends to the
group's own as the group grows.

``n0`` comes from the data. Under this prior the shares housed at a fixed day
vary between sibling groups with variance ``F (1 - F) rho``, ``rho = 1 / (n0 +
1)``. With a uniform law on ``rho``, ``n0`` is read from its posterior mean: a
moment or maximum estimate would often be ``rho = 0``, which erases the groups
and makes the bounds far too narrow (in simulations: 52 to 98 % of true values
inside 95 % bounds, against 96 to 100 % with the posterior mean).

References
----------
- Ferguson (1973), Ann. Statist. 1, 209-230 (Dirichlet process).
- Susarla, Van Ryzin (1976), JASA 71, 897-902 (with censoring).
- Hjort (1990), Ann. Statist. 18, 1259-1294 (hazards, beta processes).
- Kleinman (1973), JASA 68, 46-54 (proportions that vary between groups).
- Christiansen, Morris (1997), JASA 92, 618-632 (uniform law on shrinkage).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from palier.engines.cotation.attente.estimateur import Etat, Pas, aalen_johansen
from palier.engines.cotation.attente.groupes import Groupe
from palier.engines.secret import SEUIL

# rho = u^2: fine steps near 0, each with the width of its step.
_RHO = [((place + 0.5) ** 2 / 90_000, place + 0.5) for place in range(300)]


@dataclass(frozen=True, slots=True)
class Courbe:
    """Steps kept for a group, with its estimates and the range they cover."""

    pas: tuple[Pas, ...]
    etats: tuple[Etat, ...]
    condition_jour: int
    horizon_jour: int

    def at(self, jour: int) -> Etat:
        """Return the state on a day."""
        place = bisect_right(self.etats, jour, key=lambda state: state.jour)
        return self.etats[place - 1] if place else Etat(jour, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def estimate_group(groupe: Groupe, parent: Courbe | None = None, poids: int = 0) -> Courbe | None:
    """Estimate a group, blended with its parent if ``poids`` is positive.

    The curve covers the days around the largest risk set on which at least
    ``SEUIL`` requests are at risk: an estimate that multiplies hazards must
    not start on a handful (with delayed entry the first days can be thin,
    Klein and Moeschberger 2003, section 4.6), nor end on one.
    """
    entries = [jour for jour, _ in groupe.entrees]
    steps = list(_blend(groupe, parent, poids, entries) if parent and poids else groupe.walk(entries))
    if not steps:
        return None
    peak = max(range(len(steps)), key=lambda place: steps[place].risque)
    if steps[peak].risque < SEUIL:
        return None
    first = last = peak
    while first > 0 and steps[first - 1].risque >= SEUIL:
        first -= 1
    while last + 1 < len(steps) and steps[last + 1].risque >= SEUIL:
        last += 1
    kept = tuple(day for day in steps[first : last + 1] if day.loges or day.partis)
    return Courbe(kept, tuple(aalen_johansen(kept)), steps[first].jour, steps[last].jour)


def prior_weight(parent: Courbe, effectif: int, freres: Sequence[Courbe]) -> int:
    """Return ``n0``, the number of the parent's requests that a group borrows.

    Parameters
    ----------
    parent : Courbe
        Estimates of the parent.
    effectif : int
        Requests of the parent: its curve is worth no more than that.
    freres : sequence of Courbe
        Own estimates of the sibling groups that have enough housed.

    Returns
    -------
    int
        Large if the siblings are alike, small if they differ or are too few
        to tell; at most ``effectif``.
    """
    half = parent.etats[-1].loge / 2 if parent.etats else 0.0
    day = next((state.jour for state in parent.etats if state.loge >= half), None)
    if day is None:
        return 0
    comparable = [
        brother.at(day)
        for brother in freres
        if brother.condition_jour == parent.condition_jour and brother.horizon_jour >= day
    ]
    seen = [
        (state.loge, state.loge * (1 - state.loge) / state.var_loge)
        for state in comparable
        if 0 < state.loge < 1 and state.var_loge > 0
    ]
    if not seen or not 0 < parent.at(day).loge < 1:
        return 0
    share = parent.at(day).loge
    scale = 1 / (share * (1 - share))
    scores = [(rho, width, _log_likelihood(rho, seen, scale)) for rho, width in _RHO]
    top = max(score for *_, score in scores)
    mass = [(rho, width * math.exp(score - top)) for rho, width, score in scores]
    mean = sum(rho * weight for rho, weight in mass) / sum(weight for _, weight in mass)
    return min(effectif, round(1 / mean - 1))


def _log_likelihood(rho: float, seen: Sequence[tuple[float, float]], scale: float) -> float:
    """Return the normal log-likelihood of the shares, restricted for their unknown mean."""
    weights = [scale * size / (1 + max(0.0, size - 1) * rho) for _, size in seen]
    total = sum(weights)
    mean = sum(w * share for w, (share, _) in zip(weights, seen, strict=True)) / total
    spread = sum(w * (share - mean) ** 2 for w, (share, _) in zip(weights, seen, strict=True))
    return (sum(math.log(w) for w in weights) - math.log(total) - spread) / 2


def _blend(groupe: Groupe, parent: Courbe, poids: int, entries: Iterable[int]) -> Iterator[Pas]:
    hazards: Mapping[int, Pas] = {day.jour: day for day in parent.pas}
    after = {state.jour: state.attend for state in parent.etats}
    waiting = 1.0
    for day in groupe.walk([*hazards, *entries, parent.condition_jour]):
        outside = not parent.condition_jour <= day.jour <= parent.horizon_jour
        prior = 0.0 if outside else poids * waiting
        if (base := hazards.get(day.jour)) is None:
            yield Pas(day.jour, day.risque + prior, day.loges, day.partis)
            continue
        yield Pas(
            day.jour,
            day.risque + prior,
            day.loges + prior * base.loges / base.risque,
            day.partis + prior * base.partis / base.risque,
        )
        waiting = after[day.jour]
