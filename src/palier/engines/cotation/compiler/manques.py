"""What is missing: the answers that are null and that something unknown asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_

import polars as pl

from palier.engines.cotation.compiler.champs import Champs
from palier.engines.cotation.model.nodes import RefTable
from palier.engines.cotation.model.parcours import code_of_table
from palier.tables import colonne
from palier.tables.choix import literal
from palier.tables.derive import STRICTES, sources

EVENEMENTS = "evenements"


@dataclass(frozen=True)
class Manque:
    """One reason for missing answers: a test, and the columns and tables that it blames.

    With ``strict`` any null column makes the thing unknown, so that the null
    test of the column stands for the whole; ``sur`` is then what restricts it.
    ``incertain`` says that it may be unknown although every answer is known:
    one of ``tables`` has no value for a known key, else the first column read
    is named, or one of ``denominateurs`` that is not above zero.
    """

    test: pl.Expr
    colonnes: tuple[str, ...]
    denominateurs: tuple[str, ...] = ()
    tables: tuple[RefTable, ...] = ()
    sur: pl.Expr | None = None
    strict: bool = False
    incertain: bool = True


def missing_mask(champs: Champs, manques: list[Manque], ordre: tuple[str, ...], evenements: bool) -> pl.Expr:
    """Return the bits of the base columns that are null, and tables without value, that something blames.

    Parameters
    ----------
    champs : Champs
        Columns of the table.
    manques : list of Manque
        Reasons, each with its test.
    ordre : tuple of str
        Place ``i`` of this order is bit ``i``.
    evenements : bool
        Whether the events were given.
    """
    blamed: dict[str, list[pl.Expr]] = {}
    whole: dict[str, pl.Expr] = {}
    again: dict[str, list[pl.Expr]] = {}
    for manque in manques:
        nulls = null_tests(champs, manque.colonnes, evenements)
        for base, (test, sure) in nulls.items():
            if manque.strict and sure and manque.sur is None:
                whole[base] = test
                continue
            made = test & (manque.sur if manque.strict and sure and manque.sur is not None else manque.test)
            blamed.setdefault(base, []).append(made)
        rest = reduce(and_, [~test for test, _ in nulls.values()], manque.test)
        for table in manque.tables:
            if (lacks := champs.lacks(table)) is not None:
                again.setdefault(code_of_table(table), []).append(manque.test & lacks)
                rest = rest & ~lacks
        for nom in manque.denominateurs:
            zero = champs.expr(nom).fill_null(0) <= 0
            again.setdefault(_first(nom), []).append(rest & zero)
            rest = rest & ~zero
        if manque.incertain or not manque.strict:
            again.setdefault(_first(manque.colonnes[0]), []).append(rest)
    found = {base: [whole[base]] if base in whole else blamed[base] for base in (*whole, *blamed)}
    for base, tests in again.items():
        found[base] = [*found.get(base, []), *tests]
    return _mask(found, ordre)


def _first(nom: str) -> str:
    return nom if nom == EVENEMENTS else sources(nom)[0]


def _mask(blamed: dict[str, list[pl.Expr]], ordre: tuple[str, ...]) -> pl.Expr:
    """Build the mask eight bits at a time, wide integers last."""
    octets: list[pl.Expr | None] = [None] * 8
    for base, tests in sorted(blamed.items()):
        octet, place = divmod(ordre.index(base), 8)
        bit = pl.when(reduce(or_, tests)).then(literal(1 << place, pl.UInt8()))
        one, before = bit.otherwise(literal(0, pl.UInt8())), octets[octet]
        octets[octet] = one if before is None else before | one
    for dtype, bits in ((pl.UInt16(), 8), (pl.UInt32(), 16), (pl.UInt64(), 32)):
        pairs = zip(octets[::2], octets[1::2], strict=True)
        octets = [_join_bits(low, high, dtype, bits) for low, high in pairs]
    return literal(0, pl.UInt64()) if octets[0] is None else octets[0]


def null_tests(
    champs: Champs, colonnes: tuple[str, ...], evenements: bool
) -> dict[str, tuple[pl.Expr, bool]]:
    """Give, for each base column, the test that it is null and asked for, and whether that suffices."""
    found: dict[str, list[tuple[pl.Expr, bool]]] = {}
    for nom in colonnes:
        if nom == EVENEMENTS:
            if not evenements:
                found.setdefault(EVENEMENTS, []).append((pl.lit(True), False))
            continue
        for base, through in _paths(nom):
            if base not in champs.nullables:
                continue
            test = pl.col(base).is_null()
            sure = nom == base or nom in STRICTES
            if base == "conjoint_naissance" and nom != base:
                test = test & pl.col("en_couple").fill_null(False)
            if not sure:
                test = reduce(and_, (champs.expr(derived).is_null() for derived in through), test)
            found.setdefault(base, []).append((test, sure))
    merged = {}
    for base, tests in found.items():
        certain = [test for test, sure in tests if sure]
        merged[base] = (certain[0], True) if certain else (reduce(or_, [t for t, _ in tests]), False)
    return merged


def _paths(nom: str, through: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    """List the base columns behind a column, each with the derived columns that lead to it."""
    parts = colonne(nom).derive
    if not parts:
        return [(nom, through)]
    return [path for part in parts for path in _paths(part, (*through, nom))]


def _join_bits(low: pl.Expr | None, high: pl.Expr | None, dtype: pl.DataType, bits: int) -> pl.Expr | None:
    """Put two halves side by side in an integer twice as wide."""
    if high is None:
        return None if low is None else low.cast(dtype)
    shifted = high.cast(dtype) * literal(1 << bits, dtype)
    return shifted if low is None else shifted | low.cast(dtype)


def restrict(manque: Manque, inside: pl.Expr | None) -> Manque:
    """Limit a reason to the rows of one system."""
    if inside is None:
        return manque
    only = inside if manque.sur is None else inside & manque.sur
    return replace(manque, test=inside & manque.test, sur=only)
