"""A ballot that cannot count raises when it is counted alone."""

from __future__ import annotations

import pytest

from palier.base.errors import RefusalError
from palier.engines.commission import Bulletin, count_votes, gather_college
from tests.cases.commission import outils


def test_every_bad_ballot_is_said() -> None:
    there = outils.presences({"presents": ["o1", "o2"]})
    college = gather_college(outils.MEMBRES, outils.logement(), there, outils.REGLEMENT, outils.LOI)
    ballots = [Bulletin("ccas", "oui"), Bulletin("o3", "oui"), Bulletin("o1", "oui"), Bulletin("o1", "non")]
    with pytest.raises(RefusalError) as caught:
        count_votes(college, ballots, outils.REGLEMENT, outils.LOI)
    assert sorted(p.code for p in caught.value.problems) == ["COM-110", "COM-111", "COM-113"]
