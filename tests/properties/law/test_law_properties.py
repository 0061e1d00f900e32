"""Properties of the law: prolongation, what-ifs, dates."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from palier import law
from palier.base.errors import LoiError

AU = dt.date(2026, 11, 24)
ZONES = st.sampled_from(["paris_limitrophes", "idf", "autres"])
SOMEDAY = st.dates(dt.date(2015, 1, 1), dt.date(2031, 12, 31))
_CHANGED = {"sous_occupation", "plafonds_pls"}  # the second is computed again
IDS = st.sampled_from(law.load().ids())


@given(n=st.integers(7, 40), zone=ZONES)
def test_each_further_person_adds_the_same_amount(n: int, zone: str) -> None:
    loi = law.at(AU)
    step = loi.lookup("plafonds_plus", ("plus", zone))
    cells = [loi.lookup("plafonds_plus", (k, zone)) for k in (n - 1, n)]
    assert all(isinstance(cell, int) for cell in (*cells, step))
    assert Fraction(cells[1]) - Fraction(cells[0]) == step


@given(last=st.integers(1, 20))
def test_bounds_and_lookup_agree(last: int) -> None:
    loi = law.at(AU)
    for id_, dimension in (("plafonds_plus", "categorie_menage"), ("surface_minimale", "nb_personnes")):
        for cle, cell in loi.bounds(id_, dimension, last).items():
            assert loi.lookup(id_, cle) == cell


def attempt(id_: str, day: dt.date, non_verifie: bool) -> tuple[law.ValeurLegale | None, set[str]]:
    try:
        return law.at(day, non_verifie).get(id_), set()
    except LoiError as error:
        return None, {problem.code for problem in error.problems}


@given(id_=IDS, day=SOMEDAY)
def test_a_value_is_in_force_or_the_law_says_why(id_: str, day: dt.date) -> None:
    valeur, codes = attempt(id_, day, non_verifie=True)
    strict, strict_codes = attempt(id_, day, non_verifie=False)
    if valeur is None:
        assert len(codes) == 1
        assert codes == strict_codes <= {"LOI-002", "LOI-007"}
        return
    assert valeur.du <= day
    assert valeur.au is None or day <= valeur.au
    assert (strict == valeur) is valeur.verifie
    assert strict_codes <= {"LOI-003", "LOI-004"}
    assert bool(strict_codes) is not valeur.verifie


@given(du=SOMEDAY, value=st.fractions(0, 100), read=SOMEDAY)
def test_a_what_if_changes_its_period_and_nothing_else(du: dt.date, value: Fraction, read: dt.date) -> None:
    before = law.load()
    after = before.with_value("sous_occupation", du, value)
    changed = after.fiches["sous_occupation"]
    supposed = next(v for v in changed.valeurs if v.hypothese)
    inside = supposed.du <= read and (supposed.au is None or read <= supposed.au)
    found = after.at(read, non_verifie=True).nombre("sous_occupation")
    assert found == (value if inside else before.at(read, non_verifie=True).nombre("sous_occupation"))
    assert all(after.fiches[id_] is before.fiches[id_] for id_ in before.ids() if id_ not in _CHANGED)
