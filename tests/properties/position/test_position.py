"""What must hold for any stock."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.position import position, rank_among
from tests.unit.position.outils import stock

TOTAUX = st.lists(st.integers(0, 6), min_size=1, max_size=25)


@given(TOTAUX)
def test_more_points_never_place_lower(totaux: list[int]) -> None:
    demandes, scores = stock([{"total": total} for total in totaux])
    places = sorted(
        ((total, position(demandes, scores, str(k))) for k, total in enumerate(totaux)),
        key=lambda pair: pair[0],
    )
    for (low, before), (high, after) in itertools.pairwise(places):
        assert (
            (before == after) if low == high else (before.rang > after.rang and before.quart >= after.quart)
        )
        assert before.percentile <= after.percentile


@given(TOTAUX, st.integers(0, 6))
def test_a_new_request_moves_others_by_one_at_most(totaux: list[int], nouveau: int) -> None:
    demandes, scores = stock([{"total": total} for total in totaux])
    later = stock([{"total": total} for total in [*totaux, nouveau]])
    before, after = position(demandes, scores, "0"), position(*later, "0")
    assert after.n == before.n + 1
    assert after.rang == before.rang + (nouveau > totaux[0])


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 300))
def test_ranges(devant: int, egalite: int, derriere: int) -> None:
    place = rank_among(devant, egalite, devant + egalite + derriere)
    assert 1 <= place.quart <= 4
    assert 0 < place.percentile < 100
    assert (place.quart == 1) == (4 * devant < place.n)
