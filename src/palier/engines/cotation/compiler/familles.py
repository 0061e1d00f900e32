"""Families as columns: rule, bounds, factors; and what is missing in them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import polars as pl

from palier.engines.cotation.compiler.champs import Champs
from palier.engines.cotation.compiler.conditions import condition
from palier.engines.cotation.compiler.criteres import Points, may_be_unknown, narrow, ratios_of
from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Condition,
    Critere,
    Cumul,
    Famille,
    Fixe,
    columns_of,
    columns_of_critere,
)


@dataclass(frozen=True)
class Manque:
    """One reason for missing answers: a test, and the columns it blames."""

    test: pl.Expr
    colonnes: tuple[str, ...]
    defaut: str | None = None


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

    def unknown_condition(self, node: Condition, earlier: pl.Expr | None = None) -> None:
        """Blame the columns of a condition where it is unknown."""
        if may_be_unknown(self.champs, node, None):
            test = condition(self.champs, node).is_null()
            names, ratios = columns_of(node), ratios_of(node)
            default = ratios[0].denominateur if ratios else names[0]
            self.manques.append(Manque(test if earlier is None else test & ~earlier, names, default))


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
    verifie = verifie and any(membres.verifies[c.id] is not None for c in famille.criteres())
    made = _made(membres, famille, verifie)
    key = ("famille", famille, verifie, tuple(str(membres.points[c.id].valeur) for c in famille.criteres()))
    column = membres.champs.temporary(key, f"famille__{famille.id}", lambda: made.expr)
    return Somme(column, made.bas, made.haut, made.echelle)


def _made(membres: Membres, famille: Famille, verifie: bool) -> Somme:
    made = _rule(membres, famille, verifie)
    made = _bounded(made, famille)
    for facteur in famille.facteurs:
        if not verifie:
            membres.unknown_condition(facteur.si)
        top, bottom = facteur.fois.numerator, facteur.fois.denominator
        factor = pl.when(condition(membres.champs, facteur.si)).then(top).otherwise(bottom).cast(pl.Int64)
        most = max(top, bottom)
        made = Somme(
            made.expr.cast(pl.Int64) * factor, made.bas * most, made.haut * most, made.echelle * bottom
        )
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
    bas, haut = max(p.bas for p, _ in parts), max(p.haut for p, _ in parts)
    dtype = narrow(min(bas, 0), max(haut, 0))
    exprs = [p.expr.cast(dtype) for p, _ in parts]
    certain = any(known is None for _, known in parts)
    if any(p.bas < 0 for p, _ in parts) or not certain:
        exprs = [e if k is None else pl.when(k).then(e) for e, (_, k) in zip(exprs, parts, strict=True)]
    best = pl.max_horizontal(exprs) if len(exprs) > 1 else exprs[0]
    if not certain:
        best, bas, haut = best.fill_null(pl.lit(0, dtype=dtype)), min(bas, 0), max(haut, 0)
    if not verifie:
        kept = best
        best = membres.champs.temporary(("meilleur", str(kept)), f"meilleur__{famille.id}", lambda: kept)
        for member in famille.membres:
            if isinstance(member, Critere):
                _blame(membres, member, best, scale)
    bas = min(p.bas for p, _ in parts) if any(p.bas < 0 for p, _ in parts) else min(bas, 0)
    return Somme(best, bas, haut, scale)


def _member(
    membres: Membres, famille: Famille, member: Critere | Famille, verifie: bool
) -> tuple[Somme, pl.Expr | None]:
    if isinstance(member, Famille):
        return compile_famille(membres, member, verifie), None
    points = membres.points[member.id]
    value = points.valeur
    known = points.connu if member.absent == "manque" else None
    bas, haut = points.bas, points.haut
    test = membres.verifies[member.id]
    if verifie and test is not None:
        value = pl.when(test).then(value).otherwise(pl.lit(0, dtype=narrow(bas, haut)))
        bas, haut = min(bas, 0), max(haut, 0)
    return Somme(value, bas, haut), known


def _blame(membres: Membres, critere: Critere, best: pl.Expr | None, scale: int = 1) -> None:
    points = membres.points[critere.id]
    if critere.absent != "manque" or points.connu is None:
        return
    test = ~points.connu
    most = superior(critere)
    if best is not None and most is not None:
        test = test & (best < most * scale)
    names = columns_of_critere(critere)
    source = getattr(critere.mecanisme, "source", None)
    default = getattr(source, "denominateur", None) or names[0]
    membres.manques.append(Manque(test, names, default))


def _bounded(made: Somme, famille: Famille) -> Somme:
    expr, bas, haut, scale = made.expr, made.bas, made.haut, made.echelle
    if famille.plafond is not None and haut > famille.plafond * scale:
        expr = pl.min_horizontal(expr, pl.lit(famille.plafond * scale, dtype=narrow(bas, haut)))
        bas, haut = min(bas, famille.plafond * scale), famille.plafond * scale
    if famille.plancher is not None and bas < famille.plancher * scale:
        expr = pl.max_horizontal(expr, pl.lit(famille.plancher * scale, dtype=narrow(bas, haut)))
        bas, haut = famille.plancher * scale, max(haut, famille.plancher * scale)
    return Somme(expr, bas, haut, scale)


def add_sommes(parts: list[Somme]) -> Somme:
    """Add sums on their common scale, in the narrowest type that holds the result."""
    if not parts:
        return Somme(pl.lit(0, dtype=pl.Int16), 0, 0)
    scale = math.lcm(*(p.echelle for p in parts))
    same = [rescale(p, scale) for p in parts]
    bas, haut = sum(p.bas for p in same), sum(p.haut for p in same)
    dtype = narrow(bas, haut)
    return Somme(reduce(add, [p.expr.cast(dtype) for p in same]), bas, haut, scale)


def rescale(part: Somme, scale: int) -> Somme:
    """Write a sum on a larger scale, in a type wide enough."""
    times = scale // part.echelle
    if times == 1:
        return part
    bas, haut = part.bas * times, part.haut * times
    return Somme(part.expr.cast(narrow(bas, haut)) * times, bas, haut, scale)
