"""The counted, step-by-step engine equals the definitions written row by row."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.attente import aalen_johansen
from palier.engines.cotation.attente.emprunt import Courbe, estimate_group, prior_weight
from palier.engines.cotation.attente.estimateur import Etat
from palier.engines.cotation.attente.groupes import count_groups, read_rows
from palier.engines.cotation.attente.model import Strate
from tests.unit.attente.outils import AU, Ligne, baux, groupe

LIGNES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(0, 2)).map(
        lambda t: (t[0], t[0] + t[1], t[2])
    ),
    min_size=1,
    max_size=60,
)


@given(LIGNES)
def test_table_to_counts_equals_risk_sets_row_by_row(lignes: list[Ligne]) -> None:
    rows = read_rows(baux(lignes), AU, None, "secteur", 0)
    counted = count_groups(rows)[Strate()]
    for day in counted.walk():
        assert day.risque == sum(entree <= day.jour <= sortie for entree, sortie, _ in lignes)
        assert day.loges == sum(sortie == day.jour and cause == 1 for _, sortie, cause in lignes)
        assert day.partis == sum(sortie == day.jour and cause == 2 for _, sortie, cause in lignes)


@given(LIGNES)
def test_variance_recursion_equals_the_published_sum(lignes: list[Ligne]) -> None:
    """Marubini and Valsecchi (1995), section 10.3: the delta-method sum over event days."""
    days = [day for day in groupe(lignes).walk() if day.loges or day.partis]
    # After a day on which all at risk end, Greenwood's sum is not defined.
    full = next((place for place, day in enumerate(days) if day.loges + day.partis == day.risque), len(days))
    days = days[:full]
    states = aalen_johansen(days)
    before = [1.0, *(state.attend for state in states)]
    for place, state in enumerate(states):
        expected = 0.0
        for day, past, waiting in zip(days[: place + 1], states, before, strict=False):
            n, d, rest = day.risque, day.loges + day.partis, state.loge - past.loge
            expected += rest**2 * d / (n * (n - d)) + waiting**2 * (n - day.loges) * day.loges / n**3
            expected -= 2 * rest * waiting * day.loges / n**2
        assert state.var_loge == pytest.approx(expected, abs=1e-12)


@given(
    LIGNES, st.lists(st.tuples(st.just(0), st.integers(0, 60), st.integers(1, 2)), min_size=25, max_size=60)
)
def test_borrowing_a_whole_parent_equals_adding_its_requests(lignes: list[Ligne], large: list[Ligne]) -> None:
    """Without censoring, the prior worth all requests of the parent *is* those requests."""
    parent = estimate_group(groupe(large))
    assert parent is not None
    blended = estimate_group(groupe(lignes), parent, len(large))
    assert blended is not None
    pooled = {state.jour: state for state in aalen_johansen(groupe(lignes + large).walk())}
    for state in blended.etats:
        if state.jour <= parent.horizon_jour:
            assert state[:4] == pytest.approx(pooled[state.jour][:4], abs=1e-9)


def _courbe(share: float, size: float) -> Courbe:
    state = Etat(10, 1 - share, share, 0.0, 0.0, share * (1 - share) / size, 0.0)
    return Courbe((), (state,), 0, 20)


@pytest.mark.parametrize(
    "siblings",
    [
        [(0.3, 40), (0.35, 60), (0.5, 20)],
        [(0.4, 200), (0.41, 100), (0.39, 90), (0.42, 30)],
        [(0.1, 50), (0.8, 50)],
    ],
)
def test_prior_weight_equals_a_plain_double_integral(siblings: list[tuple[float, float]]) -> None:
    """Posterior mean of rho with uniform laws on rho and on the common share, by brute force."""
    parent = _courbe(0.4, 500)
    scale = 0.4 * 0.6
    mass = moment = 0.0
    for place in range(200):
        rho = (place + 0.5) ** 2 / 40_000
        likelihood = 0.0
        for step in range(-250, 500):
            mean = step / 250
            log = 0.0
            for share, size in siblings:
                variance = scale * (1 + (size - 1) * rho) / size
                log -= (math.log(variance) + (share - mean) ** 2 / variance) / 2
            likelihood += math.exp(log)
        mass += likelihood * (place + 0.5)
        moment += likelihood * (place + 0.5) * rho
    expected = mass / moment - 1
    found = prior_weight(parent, 10_000, [_courbe(share, size) for share, size in siblings])
    assert found == pytest.approx(expected, rel=0.02, abs=0.6)
