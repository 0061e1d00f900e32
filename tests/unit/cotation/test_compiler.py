"""Pieces of the compiled engine on their boundary values, against exact arithmetic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palier.engines.cotation.compiler.champs import Champs, Extremes, integer_bound
from palier.engines.cotation.compiler.conditions import condition, dans
from palier.engines.cotation.compiler.criteres import (
    _contiguous,
    clamped,
    compile_critere,
    may_be_unknown,
    narrow,
)
from palier.engines.cotation.compiler.familles import Somme, add_sommes, rescale
from palier.engines.cotation.compiler.manques import _mask
from palier.engines.cotation.model.nodes import (
    Bande,
    Borne,
    Condition,
    Connu,
    Contient,
    Critere,
    Et,
    Lineaire,
    Non,
    Ou,
    Rapport,
    Sens,
)
from palier.tables import schema
from tests.strategies_cotation import AU, loi_inventee
from tests.unit.cotation.gabarit import lue, texte

TYPES = schema("demandes").polars
COMPARE: dict[Sens, Callable[[Any, Any], bool]] = {
    "des": operator.ge,
    "plus_de": operator.gt,
    "jusqu_a": operator.le,
    "moins_de": operator.lt,
}
SENS: list[Sens] = list(COMPARE)


def champs(table: pl.DataFrame | None = None, nullables: frozenset[str] | None = None) -> Champs:
    """Give access to columns, as the programme would for a table or for any table."""
    held = frozenset(TYPES) if nullables is None else nullables
    return Champs(lue(texte()), loi_inventee(), AU, held, Extremes(table))


def values(table: pl.DataFrame, made: Champs, expr: pl.Expr) -> list[Any]:
    """Compute the temporaries level by level, then the expression."""
    frame = table.lazy()
    for niveau in made.levels():
        frame = frame.with_columns(**niveau)
    return frame.select(x=expr).collect()["x"].to_list()


@pytest.mark.parametrize(
    ("bas", "haut", "bits"),
    [
        (0, 127, 8), (-128, 0, 8), (0, 128, 16), (-129, 0, 16), (-32_768, 32_767, 16), (0, 32_768, 32),
        (-32_769, 0, 32), (-(2**31), 2**31 - 1, 32), (0, 2**31, 64), (-(2**31) - 1, 0, 64),
    ],
)  # fmt: skip
def test_the_narrowest_type_holds_the_bounds(bas: int, haut: int, bits: int) -> None:
    dtype = narrow(bas, haut)
    assert dtype == getattr(pl, f"Int{bits}")
    assert pl.Series([bas, haut], dtype=dtype).to_list() == [bas, haut]


@given(
    bornes=st.tuples(*[st.sampled_from((-40_000, -129, -128, -1, 0, 1, 127, 128, 40_000))] * 2).map(sorted),
    plafond=st.none() | st.sampled_from((-200, -1, 0, 5, 127, 128, 500, 70_000)),
    plancher=st.none() | st.sampled_from((-500, -128, -1, 0, 100, 128, 300)),
)
def test_cap_then_floor_at_every_bound(bornes: list[int], plafond: int | None, plancher: int | None) -> None:
    bas, haut = bornes
    drawn = sorted({bas, haut, *(v for v in (plafond, plancher, 0) if v is not None and bas <= v <= haut)})
    table = pl.DataFrame({"v": pl.Series(drawn, dtype=narrow(bas, haut))})
    expr, low, high = clamped(pl.col("v"), bas, haut, plafond, plancher)
    found = table.select(x=expr)["x"]
    wanted = [v if plafond is None else min(v, plafond) for v in drawn]
    wanted = [v if plancher is None else max(v, plancher) for v in wanted]
    assert found.to_list() == wanted
    assert found.dtype == narrow(low, high)
    assert low <= min(wanted) <= max(wanted) <= high


@given(
    parts=st.lists(
        st.tuples(st.integers(-(2**20), 2**20), st.integers(0, 300), st.sampled_from((1, 2, 5, 10))),
        max_size=6,
    )
)
def test_a_sum_is_exact_on_the_common_scale(parts: list[tuple[int, int, int]]) -> None:
    table = pl.DataFrame({"un": [1]})
    sommes = []
    for value, room, scale in parts:
        low, high = min(value - room, 0), max(value + room, 0)
        sommes.append(Somme(pl.lit(value, dtype=narrow(low, high)), low, high, scale))
    made = add_sommes(sommes)
    found = table.select(x=made.expr)["x"]
    assert Fraction(found.item(), made.echelle) == sum((Fraction(v, s) for v, _, s in parts), Fraction(0))
    assert made.bas <= found.item() <= made.haut
    assert found.dtype == narrow(made.bas, made.haut)


def test_a_sum_on_a_larger_scale_takes_a_wider_type() -> None:
    made = rescale(Somme(pl.lit(100, dtype=pl.Int8()), -128, 127), 1000)
    assert pl.select(x=made.expr)["x"].to_list() == [100_000]
    assert (made.bas, made.haut, made.echelle) == (-128_000, 127_000, 1000)


@given(
    sens=st.sampled_from(SENS),
    valeur=st.fractions(-1000, 1000, max_denominator=12),
    nombre=st.integers(-1001, 1001),
)
def test_a_bound_on_whole_numbers(sens: Sens, valeur: Fraction, nombre: int) -> None:
    made, whole = integer_bound(sens, valeur)
    assert COMPARE[made](nombre, whole) == COMPARE[sens](nombre, valeur)


RAPPORTS = [
    Rapport("logement_surface_m2", "logement_nb_occupants"),
    Rapport("loyer_cent", "ressources_mensuelles_cent"),
    Rapport("ressources_uc_annuelles_cent", "uc_dixieme"),
    Rapport("nb_mineurs", "nb_personnes"),
]
SEUILS = [Fraction(n, d) for n, d in ((33, 100), (5, 2), (9, 1), (7, 10), (700_000, 1), (1, 3), (0, 1))]


def _terms(rapport: Rapport, seuil: Fraction, small: int, step: int) -> dict[str, int]:
    """Give terms whose ratio is at the threshold, or one unit beside it."""
    if rapport.denominateur == "uc_dixieme":
        persons = 1 + small % 20
        income = round(seuil * (5 + 5 * persons) / 120) + step
        answers = {"nb_personnes": persons, "nb_moins_14": 0}
        return answers | {"ressources_mensuelles_cent": min(max(income, 0), 2**31 - 1)}
    top = {"logement_surface_m2": 32_767, "nb_mineurs": 255}.get(rapport.numerateur, 2**31 - 1)
    bottom = (
        255 if rapport.denominateur.startswith("nb_") or "occupants" in rapport.denominateur else 2**31 - 1
    )
    den = min(small, bottom)
    return {rapport.numerateur: min(max(round(seuil * den) + step, 0), top), rapport.denominateur: den}


@pytest.mark.parametrize("bornee", [True, False], ids=["table", "flux"])
@pytest.mark.parametrize("rapport", RAPPORTS, ids=lambda r: r.numerateur)
@given(
    seuil=st.sampled_from(SEUILS),
    sens=st.sampled_from(SENS),
    small=st.sampled_from((1, 2, 7, 100, 255, 5_100, 2_000_000, 2**31 - 1)),
    step=st.sampled_from((-1, 0, 1)),
)
def test_a_ratio_is_compared_without_dividing(
    bornee: bool, rapport: Rapport, seuil: Fraction, sens: Sens, small: int, step: int
) -> None:
    row = _terms(rapport, seuil, small, step)
    table = pl.DataFrame([row], schema={n: TYPES[n] for n in row})
    made = champs(table if bornee else None, frozenset())
    found = values(table, made, dans(made, rapport, (Borne(sens, seuil),), None))
    if rapport.denominateur == "uc_dixieme":
        ratio = Fraction(120 * row["ressources_mensuelles_cent"], 5 + 5 * row["nb_personnes"])
    else:
        ratio = Fraction(row[rapport.numerateur], row[rapport.denominateur])
    assert found == [COMPARE[sens](ratio, seuil)]


@pytest.mark.parametrize(("num", "den"), [(5, 0), (0, 0), (None, 5), (5, None)])
@pytest.mark.parametrize("bornee", [True, False], ids=["table", "flux"])
def test_a_ratio_without_a_value_is_unknown(num: int | None, den: int | None, bornee: bool) -> None:
    row = {"loyer_cent": num, "ressources_mensuelles_cent": den}
    table = pl.DataFrame([row], schema={n: TYPES[n] for n in row})
    made = champs(table if bornee else None)
    found = values(table, made, dans(made, RAPPORTS[1], (Borne("moins_de", Fraction(1)),), None))
    assert found == [None]


def _bandes(*bornes: tuple[tuple[Sens, int], ...]) -> tuple[Bande, ...]:
    return tuple(
        Bande(tuple(Borne(sens, Fraction(v)) for sens, v in band), 10 - place)
        for place, band in enumerate(bornes)
    )


@pytest.mark.parametrize(
    ("bandes", "suite"),
    [
        ((((("moins_de", 9),)), (("des", 9), ("moins_de", 12)), (("des", 12),)), True),
        (((("jusqu_a", 9),), (("plus_de", 9),)), True),
        (((("jusqu_a", 9),), (("des", 9),)), False),
        (((("moins_de", 9),), (("plus_de", 9),)), False),
        (((("moins_de", 9),), (("des", 10),)), False),
        (((("moins_de", 9),), (("des", 9), ("moins_de", 8)), (("des", 8),)), False),
        (((("moins_de", 9),), (("des", 9), ("moins_de", 12))), False),
        (((("des", 1), ("moins_de", 9)), (("des", 9),)), False),
        (((("des", 9),), (("moins_de", 9),)), False),
        (((("moins_de", 9),),), False),
    ],
)
def test_bands_that_follow_one_another(bandes: Any, suite: bool) -> None:
    assert _contiguous(_bandes(*bandes)) is suite


@pytest.mark.parametrize("entame", [True, False])
@pytest.mark.parametrize(
    ("points", "plafond", "plancher"),
    [(2, 8, None), (3, 8, None), (-3, None, -7), (2, None, None), (200, 9, 0)],
)
@pytest.mark.parametrize(("pas", "au_dela"), [(1, 0), (3, 2), (1, 4)])
def test_points_per_unit_of_every_count(
    entame: bool, points: int, plafond: int | None, plancher: int | None, pas: int, au_dela: int
) -> None:
    node = Lineaire(points, entame, colonne="nb_mineurs", pas=pas, au_dela=au_dela)
    critere = Critere("enfants", "", node, "manque", plafond=plafond, plancher=plancher)
    table = pl.DataFrame({"nb_mineurs": pl.Series([*range(256), None], dtype=pl.UInt8)})
    made = champs(table)
    compiled = compile_critere(made, critere, "enfants", False)
    wanted = []
    for count in range(256):
        beyond = max(0, count - au_dela)
        gain = points * (-(-beyond // pas) if entame else beyond // pas)
        gain = gain if plafond is None else min(gain, plafond)
        wanted.append(gain if plancher is None else max(gain, plancher))
    assert values(table, made, compiled.valeur)[:-1] == wanted
    assert values(table, made, compiled.connu if compiled.connu is not None else pl.lit(True))[-1] is False
    assert compiled.bas <= min(wanted) <= max(wanted) <= compiled.haut


@pytest.mark.parametrize("place", range(64))
def test_each_place_of_the_mask_is_one_bit(place: int) -> None:
    ordre = tuple(f"c{i:02d}" for i in range(64))
    table = pl.DataFrame({nom: [nom == ordre[place], False] for nom in ordre})
    blamed = {nom: [pl.col(nom), pl.lit(None, dtype=pl.Boolean)] for nom in ordre}
    found = table.select(x=_mask(blamed, ordre))["x"]
    assert found.to_list() == [1 << place, 0]
    assert found.dtype == pl.UInt64()


def test_an_empty_mask_is_zero() -> None:
    assert pl.select(x=_mask({}, ("a",)))["x"].to_list() == [0]


MOTIF = Contient("motifs", ("sante",))


@pytest.mark.parametrize(
    ("node", "inconnu"),
    [
        (MOTIF, True),
        (Connu("motifs", False), False),
        (Non(Connu("motifs", False)), False),
        (Non(Et((Connu("motifs", True), Connu("dalo", True)))), False),
        (Ou((Connu("motifs", False), MOTIF)), True),
    ],
)
def test_only_answers_make_a_condition_unknown(node: Condition, inconnu: bool) -> None:
    assert may_be_unknown(champs(), node, None) is inconnu
    assert may_be_unknown(champs(nullables=frozenset()), node, None) is False


def test_a_shared_test_is_computed_once_and_a_column_needs_no_name() -> None:
    made = champs()
    node = Et((MOTIF, Connu("dalo", True)))
    first = condition(made, node)
    assert condition(made, node) is first
    assert made.temporary("meme", "meme", lambda: pl.col("dalo")).meta.output_name() == "dalo"
    known = len(made.temporaires)
    above = made.temporary("dessus", "dessus", lambda: ~first)
    assert len(made.temporaires) == known + 1
    assert made.niveaux[above.meta.output_name()] == made.niveaux[first.meta.output_name()] + 1
    assert [len(level) for level in made.levels()] == [2, 1, 1]
