"""A score depends on the request alone: not on its place, its chunk, its neighbours or unread columns."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.run import ScoreResult, score
from tests.agreement.cotation.test_accord import compiled, events, frame
from tests.strategies_cotation import Cas, cas, loi_inventee

CAS = cas(taille=6)
EXEMPLES = settings(settings(), max_examples=settings().max_examples // 3)  # each draws a whole grid


def scored(exemple: Cas, demandes: pl.DataFrame | pl.LazyFrame) -> ScoreResult:
    """Score another table with the grid and the events of an example."""
    program = compile_grille(exemple.grille, loi_inventee(exemple.au))
    return score(demandes, program, au=exemple.au, evenements=events(exemple))


def table(exemple: Cas) -> pl.DataFrame:
    """Give the requests of an example as one table."""
    made = frame(exemple)
    assert isinstance(made, pl.DataFrame)
    return made


@EXEMPLES
@given(exemple=CAS, graine=st.integers(0, 1000))
def test_the_order_of_the_rows_does_not_matter(exemple: Cas, graine: int) -> None:
    demandes = table(exemple)
    places = pl.int_range(demandes.height, eager=True).shuffle(graine)
    assert scored(exemple, demandes[places]).table.equals(compiled(exemple).table[places])


@EXEMPLES
@given(exemple=CAS, coupe=st.integers(0, 6))
def test_chunks_streams_and_slices_do_not_matter(exemple: Cas, coupe: int) -> None:
    demandes, whole = table(exemple), compiled(exemple).table
    pieces = [demandes[:coupe], demandes[coupe:]]
    chunked = pl.concat(pieces, rechunk=False)
    assert scored(exemple, chunked).table.equals(whole)
    assert scored(exemple, chunked.lazy()).table.equals(whole)
    apart = [scored(exemple, piece).table for piece in pieces]
    assert pl.concat(apart).equals(whole)


@EXEMPLES
@given(exemple=CAS)
def test_the_same_rows_twice_give_the_same_scores_twice(exemple: Cas) -> None:
    demandes, whole = table(exemple), compiled(exemple).table
    assert scored(exemple, pl.concat([demandes, demandes])).table.equals(pl.concat([whole, whole]))


@EXEMPLES
@given(exemple=CAS)
def test_columns_that_the_grid_does_not_read_change_nothing(exemple: Cas) -> None:
    demandes = table(exemple)
    program = compile_grille(exemple.grille, loi_inventee(exemple.au))
    more = demandes.with_columns(autre=pl.lit("x"), __hors=pl.lit(9), __points__q0=pl.lit(5))
    read = demandes.select(n for n in demandes.columns if n in program.colonnes)
    whole = compiled(exemple).table
    assert scored(exemple, more).table.equals(whole)
    assert scored(exemple, read).table.equals(whole)


@EXEMPLES
@given(exemple=CAS)
def test_an_absent_column_is_a_column_of_unknown_answers(exemple: Cas) -> None:
    demandes = table(exemple)
    program = compile_grille(exemple.grille, loi_inventee(exemple.au))
    for nom in program.colonnes[2:5]:
        if nom in demandes.columns and nom not in ("numero_unique", "date_depot_initial"):
            unknown = demandes.with_columns(pl.lit(None, dtype=demandes.schema[nom]).alias(nom))
            assert scored(exemple, demandes.drop(nom)).table.equals(scored(exemple, unknown).table)


@EXEMPLES
@given(exemple=CAS)
def test_lists_of_missing_answers_are_the_bits(exemple: Cas) -> None:
    result = compiled(exemple)
    lists = result.with_lists()["manque"].to_list()
    assert lists == [list(result.manque_of(mask)) for mask in result.table["manque"]]
