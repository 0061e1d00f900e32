"""Columns as the compiled rule sees them: expression, nullability, thresholds.

Every derived column used by a grid becomes one named temporary, computed once;
time comparisons are pushed down to a comparison of dates.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from palier.engines.cotation.model.nodes import Borne, Grille, RefTable, Sens
from palier.law import LoiAu
from palier.tables import colonne
from palier.tables.choix import literal
from palier.tables.derive import (
    CATEGORIE_MAX,
    DATES,
    INCERTAINS,
    LOIS,
    POSITIFS,
    STRICTES,
    Contexte,
    derive,
    sources,
)
from palier.tables.jours import Jours, jours_between, latest_day

_SMALL: dict[pl.DataType, int] = {pl.UInt8(): 2**8, pl.Int16(): 2**15}
VRAI, FAUX = pl.lit(True), pl.lit(False)


class Extremes:
    """Bounds of the answers of one table, computed when they are asked for.

    Without a table nothing is known, and the plan holds for any table.
    """

    def __init__(self, table: pl.DataFrame | None = None) -> None:
        """Take the table whose answers are bounded."""
        self.table = table
        self._found: dict[str, tuple[Any, Any]] = {}

    def of(self, nom: str) -> tuple[Any, Any]:
        """Return the least and greatest known answer of a column; None where unknown."""
        if nom not in self._found:
            held = self.table is not None and nom in self.table.columns
            series = self.table[nom] if self.table is not None and held else None
            self._found[nom] = (None, None) if series is None else (series.min(), series.max())
        return self._found[nom]


@dataclass(frozen=True)
class Seuil:
    """The threshold of each row, read in a table.

    ``valeur`` is ``echelle`` times the threshold, an integer; it means nothing
    outside ``dedans`` (None: everywhere inside). ``complet`` says that the
    table has a value for every key that ``dedans`` lets through.
    """

    valeur: pl.Expr
    dedans: pl.Expr | None
    echelle: int
    complet: bool


@dataclass
class Champs:
    """Access to columns for one grid, one date and one table.

    ``nullables`` holds the base columns that may be null in this table; others
    need no test. ``extremes`` bounds the
    numbers and dates of this table. ``lus`` collects the ids of the legal values that were read.
    """

    grille: Grille
    loi: LoiAu
    au: dt.date
    nullables: frozenset[str]
    extremes: Extremes = field(default_factory=Extremes)
    temporaires: dict[str, pl.Expr] = field(default_factory=dict)
    niveaux: dict[str, int] = field(default_factory=dict)
    noms: dict[Hashable, pl.Expr] = field(default_factory=dict)
    seuils: dict[Hashable, Seuil] = field(default_factory=dict)
    lus: set[str] = field(default_factory=set)

    def temporary(self, key: Hashable, name: str, make: Callable[[], pl.Expr]) -> pl.Expr:
        """Compute an expression once, under a name, and return its column.

        The level of a temporary is one more than that of the temporaries it
        reads; the temporaries of one level are computed together. A column
        needs no second name. The same key always gives the same object.
        """
        if (known := self.noms.get(key)) is not None:
            return known
        expr = make()
        if not expr.meta.is_column():
            found = f"__{name}" if f"__{name}" not in self.temporaires else f"__{name}__{len(self.noms)}"
            read = [self.niveaux[n] for n in expr.meta.root_names() if n in self.niveaux]
            self.temporaires[found], self.niveaux[found] = expr, 1 + max(read, default=-1)
            expr = pl.col(found)
        self.noms[key] = expr
        return expr

    def inline(self, key: Hashable, make: Callable[[], pl.Expr]) -> pl.Expr:
        """Make an expression too small to be worth a column, once."""
        if key not in self.noms:
            self.noms[key] = make()
        return self.noms[key]

    def levels(self) -> list[dict[str, pl.Expr]]:
        """Group the temporaries by level, in order."""
        found: list[dict[str, pl.Expr]] = [{} for _ in range(1 + max(self.niveaux.values(), default=-1))]
        for name, expr in self.temporaires.items():
            found[self.niveaux[name]][name] = expr
        return found

    def expr(self, nom: str, fige: str | None = None) -> pl.Expr:
        """Return the expression of a column, derived ones through a temporary."""
        if not colonne(nom).derive:
            return pl.col(nom)
        frozen = fige if self.depends_on_time(nom) else None
        name = nom if frozen is None else f"{nom}__{frozen}"
        self.lus.update(LOIS.get(nom, ()))
        return self.temporary((nom, frozen), name, lambda: derive(nom, self._contexte(frozen)))

    def _contexte(self, fige: str | None) -> Contexte:
        return Contexte(self.au, self.loi, fige, lambda nom: self.expr(nom, fige), self.jours)

    def depends_on_time(self, nom: str) -> bool:
        """Tell whether ``fige`` changes the value of the column."""
        return nom in DATES

    def nullable(self, nom: str, fige: str | None = None) -> bool:
        """Tell whether the column may be unknown in this table."""
        base = set(sources(nom)) | ({fige} if fige and self.depends_on_time(nom) else set())
        return nom in INCERTAINS or bool(base & self.nullables)

    def known(self, nom: str, fige: str | None = None) -> pl.Expr | None:
        """Return the test that a column is known, or None if it always is."""
        if not self.nullable(nom, fige):
            return None
        frozen = fige if self.depends_on_time(nom) else None
        return self.inline(("connu", nom, frozen), lambda: self._known(nom, frozen))

    def _known(self, nom: str, fige: str | None) -> pl.Expr:
        if nom in STRICTES:
            names = [*sources(nom), *([fige] if fige else [])]
            return reduce(and_, [pl.col(n).is_not_null() for n in names if n in self.nullables])
        return self.expr(nom, fige).is_not_null()

    def jours(self, nom: str) -> Jours:
        """Return the years that a date column holds in this table."""
        return jours_between(*self.extremes.of(nom))

    def positive(self, nom: str) -> bool:
        """Tell whether a known value of a column is always above zero in this table."""
        return nom in POSITIFS or (self.extremes.of(nom)[0] or 0) > 0

    def most(self, nom: str) -> int | None:
        """Return a bound of the absolute value of a column in this table, None if unknown."""
        col = colonne(nom)
        if col.dtype in _SMALL:
            return _SMALL[col.dtype]
        parts = col.derive or (nom,)
        if nom not in ("loyer_net_cent", *parts) or self.extremes.table is None:
            return None
        bounds = [self.extremes.of(part) for part in parts]
        return sum(int(max(abs(low or 0), abs(high or 0))) for low, high in bounds)

    def compare(self, nom: str, borne: Borne, fige: str | None, cents: bool) -> pl.Expr:
        """Compare a column to a bound, exactly; null if unknown."""
        if isinstance(borne.valeur, RefTable):
            seuil = self.threshold(borne.valeur, cents)
            value = self.expr(nom, fige)
            scaled = value if seuil.echelle == 1 else value.cast(pl.Int64) * seuil.echelle
            inside = _apply(scaled, borne.sens, seuil.valeur)
            return inside if seuil.dedans is None else pl.when(seuil.dedans).then(inside)
        if nom in DATES and fige is None:
            return self._compare_date(nom, borne.sens, borne.valeur)
        return _apply(self.expr(nom, fige), *integer_bound(borne.sens, borne.valeur))

    def _compare_date(self, nom: str, sens: Sens, valeur: Fraction) -> pl.Expr:
        """Turn a bound on months or years into a bound on the date."""
        integer_sens, value = integer_bound(sens, valeur)
        months = int(value) * (12 if nom == "age" else 1)
        step = 12 if nom == "age" else 1
        at_least = months if integer_sens == "des" else months + step
        date = pl.col(DATES[nom])
        clamped = nom != "age" and at_least <= 0
        limit = dt.date(2120, 12, 31) if clamped else latest_day(self.au, at_least)
        return date <= limit if integer_sens == "des" else date > limit

    def threshold(self, ref: RefTable, cents: bool) -> Seuil:
        """Return the threshold of each row: the table is read as one gather."""
        key = ("seuil", ref, cents)
        if key not in self.seuils:
            self.seuils[key] = self._threshold(ref, cents)
        return self.seuils[key]

    def _threshold(self, ref: RefTable, cents: bool) -> Seuil:
        axes = [self._axis(nom) for nom in ref.par]
        keys: list[tuple[str, ...]] = [()]
        for labels, _ in axes:
            keys = [(*head, label) for head in keys for label in labels]
        cells = self._cells(ref, keys)
        scale = math.lcm(*(c.denominator for c in cells if c is not None))
        factor = scale * (100 if cents else 1)
        values = [None if c is None else c.numerator * (factor // c.denominator) for c in cells]
        self.lus.update([ref.id] if ref.loi else [])
        complete = None not in values
        if not axes:
            return Seuil(literal(values[0], pl.Int64()), None, scale, complete)
        dtype = pl.UInt8() if len(keys) <= 256 else pl.UInt32()
        sure = all(self._top(nom)[1] for nom in ref.par)
        place = self.temporary(("place", ref.par), "place", lambda: _place(axes, dtype, sure))
        inside = self.temporary(("cle", ref.par), "cle", lambda: self._inside(ref.par))
        wide = any(v is not None and abs(v) >= 2**31 for v in values)
        found = pl.lit(pl.Series(values, dtype=pl.Int64 if wide else pl.Int32)).gather(place)
        return Seuil(found, inside, scale, complete)

    def lacks(self, ref: RefTable) -> pl.Expr | None:
        """Test that a table has no value for a key that is known; never null, None if it always has one."""
        seuil = self.threshold(ref, cents=False)
        if seuil.complet and (ref.loi or all(self._top(nom)[1] for nom in ref.par)):
            return None
        return self.temporary(("sans_case", ref), f"sans_case__{ref.id}", lambda: self._lacks(ref, seuil))

    def _lacks(self, ref: RefTable, seuil: Seuil) -> pl.Expr:
        held = (
            seuil.valeur.is_not_null() if seuil.dedans is None else seuil.dedans & seuil.valeur.is_not_null()
        )
        known = [test for nom in ref.par if (test := self.known(nom)) is not None]
        return reduce(and_, known, ~held)

    def _inside(self, par: tuple[str, ...]) -> pl.Expr:
        """Tell whether every key of a table is known and within it; never null."""
        tests = [known for nom in par if (known := self.known(nom)) is not None]
        for nom in par:
            top, sure = self._top(nom)
            if top is not None and not sure:
                tests.append(self.expr(nom).is_between(0, top).fill_null(False))
        return reduce(and_, tests) if tests else VRAI

    def _top(self, nom: str) -> tuple[int | None, bool]:
        """Return the greatest whole number to look for in a table, and whether none is above.

        None stands for a column of codes, which has no other value.
        """
        if colonne(nom).type == "code":
            return None, True
        base, more, limit = ("nb_personnes", 2, CATEGORIE_MAX) if nom == "categorie_menage" else (nom, 0, 255)
        most = self.extremes.of(base)[1]
        sure = colonne(base).dtype == pl.UInt8() and most is not None and most + more <= limit
        return (most + more, True) if sure else (limit, False)

    def _axis(self, nom: str) -> tuple[list[str], pl.Expr]:
        """Labels of one key of a table and the place of each row among them."""
        top, _ = self._top(nom)
        if top is None:
            return list(colonne(nom).codes), self.expr(nom).to_physical()
        # no household has category 0: its place is never read
        least = 1 if nom == "categorie_menage" else 0
        return [str(max(k, least)) for k in range(top + 1)], self.expr(nom)

    def _cells(self, ref: RefTable, keys: list[tuple[str, ...]]) -> list[Fraction | int | None]:
        """Values of a table at some keys; None where it has no such key."""
        if not ref.loi:
            table = self.grille.table(ref.id)
            held = dict(table.valeurs) if table is not None else {}
            return [held.get(key) for key in keys]
        if keys == [()]:
            return [self.loi.nombre(ref.id)]
        legal = self.loi.get(ref.id)
        cells = [legal.cell(key) for key in keys]
        return [Fraction(cell) if isinstance(cell, str) else cell for cell in cells]


def _place(axes: list[tuple[list[str], pl.Expr]], dtype: pl.DataType, sure: bool) -> pl.Expr:
    """Place of each row in a flat table; anything where a key is unknown or outside.

    ``sure`` says that no known key is outside.
    """
    place: pl.Expr | None = None
    size = 1
    for labels, index in axes:
        step = index.cast(dtype, strict=False)
        place = step if place is None else place * literal(len(labels), dtype) + step
        size *= len(labels)
    if place is None:
        return literal(0, dtype)
    known = place.fill_null(literal(0, dtype))
    if sure:
        return known
    last = literal(size - 1, dtype)
    return pl.when(known < last).then(known).otherwise(last)


def integer_bound(sens: Sens, valeur: Fraction) -> tuple[Sens, int]:
    """Rewrite a bound for whole numbers as ``des`` or ``jusqu_a`` an integer.

    >>> integer_bound("plus_de", Fraction(5, 2))
    ('des', 3)
    """
    if sens == "des":
        return "des", math.ceil(valeur)
    if sens == "plus_de":
        return "des", math.floor(valeur) + 1
    if sens == "jusqu_a":
        return "jusqu_a", math.floor(valeur)
    return "jusqu_a", math.ceil(valeur) - 1


def _apply(value: pl.Expr, sens: Sens, bound: pl.Expr | int) -> pl.Expr:
    if sens == "des":
        return value >= bound
    if sens == "plus_de":
        return value > bound
    if sens == "jusqu_a":
        return value <= bound
    return value < bound
