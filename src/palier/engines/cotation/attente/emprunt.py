"""Shrinkage: a small group borrows from the group above it.

The prior says that, before its own data, a group behaves as the parent does,
with the weight of ``n0`` requests: on each day the three hazards (housed,
left, stay) follow a Dirichlet law centred on those of the parent, worth
``c(t) = n0 S_parent(t-)`` requests, what would remain of ``n0`` requests of the
parent. In discrete time this is a Dirichlet process; it is conjugate under
censoring and delayed entry, and the posterior mean is the Aalen-Johansen
estimate of the counts ``d_k + c h_k`` among ``n + c``. The curve tends to the
group's own as the group grows.

``n0`` comes from the data: under this prior the shares housed at a fixed day
vary between sibling groups with variance ``F (1 - F) / (n0 + 1)``, which is
solved for ``n0`` with the moment estimate of that variance.

References
----------
- Ferguson (1973), Ann. Statist. 1, 209-230 (Dirichlet process).
- Susarla, Van Ryzin (1976), JASA 71, 897-902 (with censoring).
- Hjort (1990), Ann. Statist. 18, 1259-1294 (hazards, beta processes).
- DerSimonian, Laird (1986), Controlled Clinical Trials 7, 177-188 (moments).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from palier.engines.cotation.attente.estimateur import Etat, Pas, aalen_johansen
from palier.engines.cotation.attente.groupes import Groupe
from palier.engines.secret import SEUIL

_FRERES_MIN = 3


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
        0 (no borrowing) with fewer than three comparable siblings, for then
        nothing tells how groups differ; ``effectif`` if they do not differ.
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
    seen = [(state.loge, state.var_loge) for state in comparable if state.var_loge > 0]
    if len(seen) < _FRERES_MIN:
        return 0
    weights = [1 / variance for _, variance in seen]
    total = sum(weights)
    mean = sum(w * share for w, (share, _) in zip(weights, seen, strict=True)) / total
    spread = sum(w * (share - mean) ** 2 for w, (share, _) in zip(weights, seen, strict=True))
    between = (spread - (len(seen) - 1)) / (total - sum(w * w for w in weights) / total)
    if between <= 0:
        return effectif
    return min(effectif, max(0, round(mean * (1 - mean) / between - 1)))


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
