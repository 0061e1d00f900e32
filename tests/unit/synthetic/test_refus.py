from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from palier.base.errors import UsageError
from palier.synthetic import generate_national, generate_territoire
from palier.synthetic.echantillons import sample_rows
from tests.unit.synthetic.outils import AU

REFUS: list[tuple[str, Callable[[], object]]] = [
    ("SYN-010", lambda: generate_territoire(1, AU, taille=0)),
    ("SYN-010", lambda: generate_territoire(1, AU, taille=-1)),
    ("SYN-010", lambda: generate_territoire(1, AU, taille=float("nan"))),
    ("SYN-010", lambda: generate_territoire(1, AU, taille=float("inf"))),
    ("SYN-010", lambda: generate_territoire(1, AU, taille=21)),
    ("SYN-011", lambda: generate_territoire(1, dt.date(2009, 12, 31))),
    ("SYN-011", lambda: generate_national(1, dt.date(2061, 1, 1))),
    ("SYN-011", lambda: sample_rows(1, 1, dt.date(1990, 1, 1))),
    ("SYN-012", lambda: generate_national(1, AU, demandes=-1)),
    ("SYN-012", lambda: generate_national(1, AU, demandes=10_000_001)),
    ("SYN-012", lambda: generate_national(1, AU, logements=-1)),
    ("SYN-012", lambda: generate_national(1, AU, morceau=0)),
    ("SYN-012", lambda: generate_national(1, AU, morceau=1_000_001)),
    ("SYN-013", lambda: generate_territoire(-1, AU)),
    ("SYN-013", lambda: generate_national(-1, AU)),
    ("SYN-013", lambda: sample_rows(-1, 1)),
]


@pytest.mark.parametrize(("code", "call"), REFUS)
def test_a_bad_argument_is_refused_at_the_call(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(UsageError, match=code) as raised:
        call()
    assert all(problem.ou for problem in raised.value.problems)
