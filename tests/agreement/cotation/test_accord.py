"""Compiled = reference: every mechanism, every state, every missing answer.

The two engines were written apart from one text of semantics. Each example
draws a whole grid (through its YAML) and requests that stand on its thresholds.
"""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import event, given, note, settings

from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.reference import prepare, score_row
from palier.engines.cotation.run import ScoreResult, score
from palier.tables import schema
from tests.strategies_cotation import Cas, cas, loi_inventee

EXEMPLES = settings(settings(), max_examples=settings().max_examples * 3 // 2)


def frame(exemple: Cas, lazy: bool = False) -> pl.DataFrame | pl.LazyFrame:
    """Rows as a typed table with the columns that at least one row carries."""
    types = schema("demandes").polars
    present = [n for n in types if any(n in row for row in exemple.demandes)]
    rows = [{n: row.get(n) for n in present} for row in exemple.demandes]
    made = pl.DataFrame(rows, schema={n: types[n] for n in present})
    return made.lazy() if lazy else made


def events(exemple: Cas) -> pl.DataFrame | None:
    """Events of all requests as a typed table."""
    if exemple.evenements is None:
        return None
    types = schema("evenements").polars
    rows = [{n: item.get(n) for n in types} for items in exemple.evenements.values() for item in items]
    return pl.DataFrame(rows, schema=types)


def compiled(exemple: Cas, lazy: bool = False) -> ScoreResult:
    """Score by columns."""
    program = compile_grille(exemple.grille, loi_inventee(exemple.au))
    return score(frame(exemple, lazy), program, au=exemple.au, evenements=events(exemple))


def comparable(row: dict[str, object], manque: tuple[str, ...]) -> dict[str, object]:
    """Bring a row of the compiled table to the shape of the reference."""
    points = {k.removeprefix("pts__"): v for k, v in row.items() if k.startswith("pts__")}
    kept = ("etat", "motif_etat", "systeme", "classe", "classe_rang", "total", "total_verifie")
    return {**{k: row[k] for k in kept}, "points": points, "manque": sorted(manque)}


@pytest.mark.parametrize("lazy", [False, True], ids=["table", "flux"])
@EXEMPLES
@given(exemple=cas())
def test_compiled_equals_reference(lazy: bool, exemple: Cas) -> None:
    result = compiled(exemple, lazy)
    regle = prepare(exemple.grille, loi_inventee(exemple.au))
    for row, line in zip(exemple.demandes, result.table.to_dicts(), strict=True):
        found = comparable(line, result.manque_of(line["manque"]))
        ref = score_row(regle, row, exemple.au, exemple.evenements_de(row))
        kept = ("etat", "motif_etat", "systeme", "classe", "classe_rang", "total", "total_verifie")
        wanted: dict[str, object] = {k: getattr(ref, k) for k in kept}
        wanted |= {"points": dict(ref.points), "manque": sorted(ref.manque)}
        if any(":" in nom for nom in ref.manque):
            event("une case manque à une table")
        note(str(row))
        assert found == wanted
