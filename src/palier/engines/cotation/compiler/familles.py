"""Families as columns: rule, bounds, factors; and what is missing in them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import polars as pl

from palier.engines.cotation.compiler.champs import Champs
from palier.engines.cotation.compiler.conditions import condition
from palier.engines.cotation.compiler.criteres import (
    Points,
    clamped,
    fit,
    may_be_unknown,
    narrow,
    ratios_of,
    ratios_of_critere,
    reads_table,
)
from palier.engines.cotation.compiler.manques import Manque
from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Compte,
    Condition,
    Contient,
    Critere,
    Cumul,
    Dans,
    Egal,
    Famille,
    Fixe,
    Parmi,
    Rapport,
    columns_of,
    columns_of_critere,
)
from palier.engines.cotation.model.parcours import tables_of
from palier.tables.choix import literal
from palier.tables.derive import INCERTAINS


@dataclass(frozen=True)
class Somme:
    """An integer expression with its bounds; the value is ``expr / echelle``."""

    expr: pl.Expr
    bas: int
    haut: int
    echelle: int = 1


@dataclass
class Membres:
    """The compiled criteria of one system, declared or verified."""

    champs: Champs
    points: dict[str, Points]
    verifies: dict[str, pl.Expr | None]
    manques: list[Manque] = field(default_factory=list)
    sommes: dict[tuple[int, bool], Somme] = field(default_factory=dict)

    def asks_proof(self, famille: Famille) -> bool:
        """Tell whether the verified points of a family may differ from the declared ones."""
        return any(self.verifies[c.id] is not None for c in famille.criteres())


def unknown_condition(champs: Champs, node: Condition, earlier: pl.Expr | None = None) -> list[Manque]:
    """Blame the columns of a condition where it is unknown and no earlier one holds."""
    if not may_be_unknown(champs, node, None):
        return []
    test = condition(champs, node).is_null()
    only = test if earlier is None else test & ~earlier
    return [Manque(only, columns_of(node), denominators(champs, ratios_of(node)), tables_of(node))]


def denominators(champs: Champs, ratios: list[Rapport]) -> tuple[str, ...]:
    """Return what ratios divide by, where it may not be above zero."""
    return tuple(r.denominateur for r in ratios if not champs.positive(r.denominateur))


def superior(critere: Critere) -> int | None:
    """Greatest points a criterion can give after its own bounds; None if no limit."""
    node = critere.mecanisme
    most: int | None
    if isinstance(node, Fixe):
        most = max(node.points, 0)
    elif isinstance(node, Bandes):
        most = max(b.points for b in node.bandes)
    elif isinstance(node, Case):
        most = max(node.autres, *(p for _, p in node.cases)) if node.cases else node.autres
    elif isinstance(node, Cumul):
        most = node.haut
    elif node.points <= 0:
        most = 0
    else:
        most = node.points if getattr(node, "une_fois", False) else None
    if critere.garde is not None and most is not None:
        most = max(most, 0)
    if critere.plafond is not None:
        most = critere.plafond if most is None else min(most, critere.plafond)
    return max(most, critere.plancher) if critere.plancher is not None and most is not None else most


def compile_famille(membres: Membres, famille: Famille, verifie: bool) -> Somme:
    """Compile a family: members, rule, bounds, factors.

    Missing answers are collected once, on the declared pass. A family that
    asks for no proof has one value for both passes.
    """
    key = (id(famille), verifie and membres.asks_proof(famille))
    if key not in membres.sommes:
        membres.sommes[key] = _made(membres, famille, key[1])
    return membres.sommes[key]


def _made(membres: Membres, famille: Famille, verifie: bool) -> Somme:
    made = _rule(membres, famille, verifie)
    made = _bounded(made, famille)
    for facteur in famille.facteurs:
        if not verifie:
            membres.manques += unknown_condition(membres.champs, facteur.si)
        top, bottom = facteur.fois.numerator, facteur.fois.denominator
        factor = pl.when(condition(membres.champs, facteur.si)).then(top).otherwise(bottom).cast(pl.Int64)
        most = max(top, bottom)
        bas, haut = min(made.bas, 0) * most, max(made.haut, 0) * most
        scaled = fit(made.expr.cast(pl.Int64) * factor, pl.Int64(), bas, haut)
        made = Somme(scaled, bas, haut, made.echelle * bottom)
    return made


def _rule(membres: Membres, famille: Famille, verifie: bool) -> Somme:
    parts = [_member(membres, famille, m, verifie) for m in famille.membres]
    if famille.regle != "maximum":
        if not verifie:
            for member in famille.membres:
                if isinstance(member, Critere):
                    _blame(membres, member, None)
        return add_sommes([p for p, _ in parts])
    scale = math.lcm(*(p.echelle for p, _ in parts))
    parts = [(rescale(p, scale), known) for p, known in parts]
    bas, haut = min(0, *(p.bas for p, _ in parts)), max(0, *(p.haut for p, _ in parts))
    dtype = narrow(bas, haut)
    exprs = [fit(p.expr, narrow(p.bas, p.haut), bas, haut) for p, _ in parts]
    certain = any(known is None for _, known in parts)
    if bas < 0 or not certain:
        exprs = [e if k is None else pl.when(k).then(e) for e, (_, k) in zip(exprs, parts, strict=True)]
    best = pl.max_horizontal(exprs) if len(exprs) > 1 else exprs[0]
    if not certain:
        best = best.fill_null(literal(0, dtype))
    if not verifie:
        kept = best
        best = membres.champs.temporary(("meilleur", id(famille)), f"meilleur__{famille.id}", lambda: kept)
        for member in famille.membres:
            if isinstance(member, Critere):
                _blame(membres, member, best, scale)
    return Somme(best, bas, haut, scale)


def _member(
    membres: Membres, famille: Famille, member: Critere | Famille, verifie: bool
) -> tuple[Somme, pl.Expr | None]:
    if isinstance(member, Famille):
        made = compile_famille(membres, member, verifie)
        key = ("famille", id(member), verifie and membres.asks_proof(member))
        column = membres.champs.temporary(key, f"famille__{member.id}", lambda: made.expr)
        return Somme(column, made.bas, made.haut, made.echelle), None
    points = membres.points[member.id]
    value = points.valeur
    known = points.connu if member.absent == "manque" else None
    bas, haut = points.bas, points.haut
    test = membres.verifies[member.id]
    if verifie and test is not None:
        value = pl.when(test).then(value).otherwise(literal(0, narrow(bas, haut)))
        bas, haut = min(bas, 0), max(haut, 0)
    return Somme(value, bas, haut), known


def _blame(membres: Membres, critere: Critere, best: pl.Expr | None, scale: int = 1) -> None:
    points = membres.points[critere.id]
    if critere.absent != "manque" or points.connu is None:
        return
    test = ~points.connu
    most = superior(critere)
    able = best < most * scale if best is not None and most is not None else None
    test = test if able is None else test & able
    names = columns_of_critere(critere)
    strict = critere.garde is None and not isinstance(critere.mecanisme, Fixe | Cumul | Compte)
    if isinstance(critere.mecanisme, Fixe) and critere.garde is None:
        strict = isinstance(critere.mecanisme.si, Egal | Parmi | Contient | Dans)
    unsure = any(n in INCERTAINS for n in names) or reads_table(critere)
    below = denominators(membres.champs, ratios_of_critere(critere))
    sure = strict and critere.fige is None
    membres.manques.append(Manque(test, names, below, tables_of(critere), able, sure, unsure))


def _bounded(made: Somme, famille: Famille) -> Somme:
    scale = made.echelle
    cap = None if famille.plafond is None else famille.plafond * scale
    floor = None if famille.plancher is None else famille.plancher * scale
    return Somme(*clamped(made.expr, made.bas, made.haut, cap, floor), scale)


def add_sommes(parts: list[Somme]) -> Somme:
    """Add sums on their common scale, in the narrowest type that holds the result."""
    if not parts:
        return Somme(literal(0, pl.Int8()), 0, 0)
    scale = math.lcm(*(p.echelle for p in parts))
    same = [rescale(p, scale) for p in parts]
    bas, haut = sum(p.bas for p in same), sum(p.haut for p in same)
    low, high = sum(min(p.bas, 0) for p in same), sum(max(p.haut, 0) for p in same)
    wide = narrow(low, high)
    exprs = []
    for members in _bins(same, wide):
        had = narrow(sum(min(m.bas, 0) for m in members), sum(max(m.haut, 0) for m in members))
        summed = reduce(add, [m.expr if narrow(m.bas, m.haut) == had else m.expr.cast(had) for m in members])
        exprs.append(summed if had == wide else summed.cast(wide))
    return Somme(fit(reduce(add, exprs), wide, bas, haut), bas, haut, scale)


def _bins(parts: list[Somme], dtype: pl.DataType) -> list[list[Somme]]:
    """Group sums that fit together in one byte, so that most additions are narrow."""
    if dtype == pl.Int8():
        return [parts]
    bins: list[tuple[list[Somme], int, int]] = []
    for part in sorted(parts, key=lambda p: p.haut - p.bas, reverse=True):
        low, high = min(part.bas, 0), max(part.haut, 0)
        for place, (members, lowest, highest) in enumerate(bins):
            if narrow(lowest + low, highest + high) == pl.Int8():
                bins[place] = ([*members, part], lowest + low, highest + high)
                break
        else:
            bins.append(([part], low, high))
    return [members for members, _, _ in bins]


def rescale(part: Somme, scale: int) -> Somme:
    """Write a sum on a larger scale, in a type wide enough."""
    times = scale // part.echelle
    if times == 1:
        return part
    bas, haut = part.bas * times, part.haut * times
    return Somme(fit(part.expr, narrow(part.bas, part.haut), bas, haut) * times, bas, haut, scale)
