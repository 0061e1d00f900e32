"""What must hold for any requests."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.attente import aalen_johansen, estimate_attentes, kaplan_meier
from palier.engines.cotation.attente.emprunt import estimate_group
from palier.engines.cotation.attente.estimateur import arcsine_bounds, log_log_bounds
from palier.engines.cotation.attente.model import Strate, mois
from tests.unit.attente.outils import AU, Ligne, baux, groupe

CAUSES = st.integers(0, 2)
LIGNES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 40), CAUSES).map(lambda t: (t[0], t[0] + t[1], t[2])),
    min_size=1,
    max_size=60,
)


@given(LIGNES)
def test_shares_sum_to_one_and_move_one_way(lignes: list[Ligne]) -> None:
    attend, loge, parti = 1.0, 0.0, 0.0
    for state in aalen_johansen(groupe(lignes).walk()):
        assert state.attend + state.loge + state.parti == pytest.approx(1.0, abs=1e-12)
        assert 0.0 <= state.attend <= attend
        assert state.loge >= loge
        assert state.parti >= parti
        assert min(state.var_attend, state.var_loge, state.var_parti) >= 0.0
        attend, loge, parti = state.attend, state.loge, state.parti


@given(LIGNES)
def test_no_event_no_change(lignes: list[Ligne]) -> None:
    waiting = [(entree, sortie, 0) for entree, sortie, _ in lignes]
    assert all(row[1:] == (1.0, 0.0, 1.0, 1.0) for row in kaplan_meier(groupe(waiting).walk()))


@given(LIGNES)
def test_one_cause_is_the_complement_of_kaplan_meier(lignes: list[Ligne]) -> None:
    housed = [(entree, sortie, min(cause, 1)) for entree, sortie, cause in lignes]
    for state in aalen_johansen(groupe(housed).walk()):
        assert state.loge == pytest.approx(1 - state.attend, abs=1e-12)
        assert state.var_loge == pytest.approx(state.var_attend, abs=1e-12)


@given(st.lists(st.tuples(st.just(0), st.integers(0, 40), st.integers(1, 2)), min_size=1, max_size=60))
def test_without_censoring_shares_are_counts(lignes: list[Ligne]) -> None:
    n = len(lignes)
    for state in aalen_johansen(groupe(lignes).walk()):
        waiting = sum(sortie > state.jour for _, sortie, _ in lignes) / n
        housed = sum(sortie <= state.jour and cause == 1 for _, sortie, cause in lignes) / n
        assert state.attend == pytest.approx(waiting, abs=1e-12)
        assert state.loge == pytest.approx(housed, abs=1e-12)
        assert state.var_attend == pytest.approx(waiting * (1 - waiting) / n, abs=1e-12)
        assert state.var_loge == pytest.approx(housed * (1 - housed) / n, abs=1e-12)


@given(LIGNES)
def test_doubling_every_row_changes_no_estimate(lignes: list[Ligne]) -> None:
    once, twice = (aalen_johansen(groupe(rows).walk()) for rows in (lignes, lignes * 2))
    for one, two in zip(once, twice, strict=True):
        assert two[:4] == pytest.approx(one[:4], abs=1e-12)
        assert two.var_loge == pytest.approx(one.var_loge / 2, abs=1e-12)


@given(LIGNES.filter(lambda rows: len(rows) > 20), st.integers(0, 2**16))
def test_order_of_rows_is_irrelevant(lignes: list[Ligne], graine: int) -> None:
    table = baux(lignes, typologie="t3", secteur="nord")
    order = list(range(table.height))
    random.Random(graine).shuffle(order)
    assert estimate_attentes(table[order], AU) == estimate_attentes(table, AU)


@given(LIGNES)
def test_the_covered_range_rests_on_enough_requests(lignes: list[Ligne]) -> None:
    curve = estimate_group(groupe(lignes))
    if curve is not None:
        at_risk = {day.jour: day.risque for day in groupe(lignes).walk()}
        covered = [n for jour, n in at_risk.items() if curve.condition_jour <= jour <= curve.horizon_jour]
        assert min(covered) >= 11


@given(LIGNES)
def test_a_huge_weight_gives_the_curve_of_the_parent(lignes: list[Ligne]) -> None:
    wide = groupe([(0, jour, 1 + jour % 2) for jour in range(60)] * 3)
    parent = estimate_group(wide)
    assert parent is not None
    heavy = estimate_group(groupe(lignes), parent, 10**9)
    assert heavy is not None
    for state in parent.etats:
        assert heavy.at(state.jour).loge == pytest.approx(state.loge, abs=1e-5)


@given(st.floats(0, 1), st.floats(0, 1))
def test_bounds_stay_in_range_and_hold_the_share(share: float, variance: float) -> None:
    for low, high in (arcsine_bounds(share, variance), log_log_bounds(share, variance)):
        assert 0.0 <= low <= share + 1e-12
        assert share - 1e-12 <= high <= 1.0


@given(st.integers(0, 40_000))
def test_months_are_near_days_and_never_decrease(jours: int) -> None:
    assert abs(mois(jours) - jours / 30.436875) <= 0.5 + 1e-9
    assert mois(jours) <= mois(jours + 1)


@given(LIGNES)
def test_a_group_with_few_housed_shows_no_number(lignes: list[Ligne]) -> None:
    attente = estimate_attentes(baux(lignes), AU)[Strate()]
    if sum(cause == 1 for *_, cause in lignes) < 11:
        estimee = attente.estimee_demandeurs
        assert estimee.etat == "trop_peu"
        assert (estimee.loges, estimee.horizon_jour, estimee.quantiles, estimee.points) == (
            None,
            None,
            (),
            (),
        )
        assert all(seen.moyenne_jours is None and seen.effectif is None for seen in attente.observee_loges)
