"""The compiled search and the plain one judge every request alike."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from palier.engines.recherche import MOTIFS, SIGNAUX, Vacance, judge_row, search_candidats
from palier.engines.recherche.compiler import COLONNES
from tests.strategies_recherche import frame, lignes, loi, maybe, vacances

AIDES = maybe(st.integers(0, 40_000))


@st.composite
def searches(draw: st.DrawFn) -> tuple[Vacance, list[dict[str, Any]], list[int | None]]:
    vacance = draw(vacances())
    rows = draw(st.lists(lignes(vacance), min_size=1, max_size=8))
    return vacance, rows, [draw(AIDES) for _ in rows]


@given(searches())
def test_both_engines_agree(case: tuple[Vacance, list[dict[str, Any]], list[int | None]]) -> None:
    vacance, rows, aides = case
    helped = pl.Series("aide", aides, dtype=pl.Int32)
    found = search_candidats(vacance, frame(rows), loi(vacance), aides_cent=helped)
    judged = [judge_row(found.regle, row, aide) for row, aide in zip(rows, aides, strict=True)]
    assert found.table.select("motifs", "signaux").rows() == [j.masques for j in judged]
    assert found.eligibles == sum(j.eligible for j in judged)
    for code in MOTIFS:
        assert found.comptes[code] == sum(code in j.motifs for j in judged)
        assert found.seuls[code] == sum(j.motifs == (code,) for j in judged)
    for code in SIGNAUX:
        assert found.signaux[code] == sum(code in j.signaux for j in judged if j.eligible)
    assert [found.jugement(n) for n in found.table["numero_unique"]] == judged


@given(searches(), st.data())
def test_an_absent_column_is_a_column_of_unknown_answers(
    case: tuple[Vacance, list[dict[str, Any]], list[int | None]], data: st.DataObject
) -> None:
    vacance, rows, _ = case
    gone = data.draw(st.sets(st.sampled_from(COLONNES[2:]), max_size=6))
    table = frame(rows)
    unknown = table.with_columns(pl.lit(None, dtype=table.schema[nom]).alias(nom) for nom in sorted(gone))
    law = loi(vacance)
    assert search_candidats(vacance, table.drop(gone), law).table.equals(
        search_candidats(vacance, unknown, law).table
    )


@given(searches(), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_rows(
    case: tuple[Vacance, list[dict[str, Any]], list[int | None]], chance: Any
) -> None:
    vacance, rows, _ = case
    table, law = frame(rows), loi(vacance)
    scores = table.select("numero_unique", total=pl.int_range(pl.len()) % 3)
    places = list(range(len(rows)))
    chance.shuffle(places)
    first = search_candidats(vacance, table, law, scores).table.sort("numero_unique")
    mixed = search_candidats(vacance, table[places], law, scores[places]).table.sort("numero_unique")
    assert first.equals(mixed)
    ranks = first["ordre"].drop_nulls().sort().to_list()
    assert ranks == list(range(1, len(ranks) + 1))
    assert (first["ordre"].is_null() == (first["motifs"] != 0)).all()
