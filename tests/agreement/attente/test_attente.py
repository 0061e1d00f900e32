"""The counted, step-by-step engine equals the definitions written row by row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.attente import aalen_johansen
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
