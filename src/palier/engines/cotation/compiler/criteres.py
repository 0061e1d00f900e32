"""Criteria as columns: a value where unknown counts 0, and a test of being known.

Keeping the two apart costs nothing: a ``when`` on a null condition falls to its
``otherwise``, so families add the first and only the published column of
points (null when unknown) needs the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add, and_, or_

import polars as pl

from palier.engines.cotation.compiler.champs import Champs
from palier.engines.cotation.compiler.conditions import compare_ratio, condition, dans, ratio_known
from palier.engines.cotation.model.conditions import in_cents
from palier.engines.cotation.model.nodes import (
    Bande,
    Bandes,
    Borne,
    Case,
    Compte,
    Condition,
    Connu,
    Contient,
    Critere,
    Cumul,
    Dans,
    Egal,
    Et,
    Fixe,
    Lineaire,
    Mecanisme,
    Mesure,
    Non,
    Ou,
    Parmi,
    Rapport,
    RefTable,
    columns_of,
)
from palier.tables import colonne
from palier.tables.choix import choose, literal
from palier.tables.jours import months_between, most_months, units_table

MILLION = 10**6
_BYTE, _SHORT, _INT, _LONG = pl.Int8(), pl.Int16(), pl.Int32(), pl.Int64()
_FEW = 8


@dataclass(frozen=True)
class Points:
    """One compiled criterion.

    Parameters
    ----------
    valeur : pl.Expr
        Integer points, never null: unknown counts 0.
    connu : pl.Expr or None
        Never-null test that the points are known; None if always.
    bas, haut : int
        Bounds of the points, after the criterion's own cap and floor.
    """

    valeur: pl.Expr
    connu: pl.Expr | None
    bas: int
    haut: int


def narrow(bas: int, haut: int) -> pl.DataType:
    """Return the narrowest integer type that holds the bounds."""
    if bas >= -128 and haut <= 127:
        return _BYTE
    if bas >= -32_768 and haut <= 32_767:
        return _SHORT
    return _INT if bas >= -(2**31) and haut < 2**31 else _LONG


def never_null(test: pl.Expr | None) -> pl.Expr | None:
    """Turn unknown into false."""
    return None if test is None else test.fill_null(False)


def both(left: pl.Expr | None, right: pl.Expr | None) -> pl.Expr | None:
    """Combine two tests, None standing for always."""
    if left is None or right is None:
        return right if left is None else left
    return left & right


def may_be_unknown(champs: Champs, node: Condition, fige: str | None) -> bool:
    """Tell whether a condition may be unknown in this table."""
    if isinstance(node, Connu):
        return False
    if isinstance(node, Et | Ou):
        return any(may_be_unknown(champs, member, fige) for member in node.membres)
    if isinstance(node, Non):
        return may_be_unknown(champs, node.membre, fige)
    if any(champs.nullable(n, fige) for n in columns_of(node)):
        return True
    return holds_ratio(node) or _holds_table(node)


def holds_ratio(node: Condition) -> bool:
    """Tell whether a condition reads a ratio."""
    return bool(ratios_of(node))


def ratios_of(node: Condition) -> list[Rapport]:
    """Return the ratios that a condition reads."""
    if isinstance(node, Et | Ou):
        return [r for m in node.membres for r in ratios_of(m)]
    if isinstance(node, Non):
        return ratios_of(node.membre)
    source = getattr(node, "source", None)
    return [source] if isinstance(source, Rapport) else []


def reads_table(critere: Critere) -> bool:
    """Tell whether a criterion reads a threshold that its table may lack."""
    node = critere.mecanisme
    if isinstance(node, Fixe):
        return _holds_table(node.si)
    if isinstance(node, Bandes):
        return any(isinstance(b.valeur, RefTable) for bande in node.bandes for b in bande.bornes)
    return False


def ratios_of_critere(critere: Critere) -> list[Rapport]:
    """Return the ratios that a criterion reads, guard first."""
    found = ratios_of(critere.garde) if critere.garde is not None else []
    if isinstance(critere.mecanisme, Bandes) and isinstance(critere.mecanisme.source, Rapport):
        found = [*found, critere.mecanisme.source]
    if isinstance(critere.mecanisme, Fixe):
        found = [*found, *ratios_of(critere.mecanisme.si)]
    return found


def _holds_table(node: Condition) -> bool:
    if isinstance(node, Et | Ou):
        return any(_holds_table(m) for m in node.membres)
    if isinstance(node, Non):
        return _holds_table(node.membre)
    return any(isinstance(b.valeur, RefTable) for b in getattr(node, "bornes", ()))


def compile_critere(champs: Champs, critere: Critere, nom: str, evenements: bool) -> Points:
    """Compile a criterion: guard, mechanism, own cap and floor.

    ``nom`` is the name of its variant; ``evenements`` tells whether the child
    table of events was given.
    """
    made = _mecanisme(champs, critere, nom, evenements)
    if critere.garde is not None:
        guard = condition(champs, critere.garde, critere.fige)
        zero = literal(0, narrow(made.bas, made.haut))
        known: pl.Expr | None = made.connu
        if may_be_unknown(champs, critere.garde, critere.fige) or made.connu is not None:
            known = ((guard & made.connu) if made.connu is not None else guard.is_not_null()) | ~guard
            known = known.fill_null(False)
        low, high = min(made.bas, 0), max(made.haut, 0)
        guarded = pl.when(guard).then(made.valeur).otherwise(zero)
        made = Points(fit(guarded, narrow(made.bas, made.haut), low, high), known, low, high)
    return _bounded(made, critere)


def fit(expr: pl.Expr, had: pl.DataType, bas: int, haut: int) -> pl.Expr:
    """Cast to the narrowest type of the bounds, only if it is another."""
    wanted = narrow(bas, haut)
    return expr if had == wanted else expr.cast(wanted)


def clamped(
    expr: pl.Expr, bas: int, haut: int, plafond: int | None, plancher: int | None
) -> tuple[pl.Expr, int, int]:
    """Apply a cap, then a floor, where the bounds say that they can act."""
    had = narrow(bas, haut)
    if plafond is not None and haut > plafond:
        had = narrow(min(bas, plafond), haut)
        expr = pl.min_horizontal(expr, literal(plafond, had))
        bas, haut = min(bas, plafond), plafond
    if plancher is not None and bas < plancher:
        had = narrow(min(bas, haut), max(haut, plancher)) if had == narrow(bas, haut) else had
        expr = pl.max_horizontal(expr, literal(plancher, had))
        bas, haut = plancher, max(haut, plancher)
    return fit(expr, had, bas, haut), bas, haut


def _bounded(made: Points, critere: Critere) -> Points:
    value, bas, haut = clamped(made.valeur, made.bas, made.haut, critere.plafond, critere.plancher)
    if made.connu is not None and (bas > 0 or haut < 0):
        absent = _clamp(0, critere) if critere.absent == "zero" else 0
        low, high = min(bas, absent), max(haut, absent)
        value = fit(value, narrow(bas, haut), low, high)
        value = pl.when(made.connu).then(value).otherwise(literal(absent, narrow(low, high)))
        bas, haut = low, high
    return Points(value, made.connu, bas, haut)


def _clamp(value: int, critere: Critere) -> int:
    if critere.plafond is not None:
        value = min(value, critere.plafond)
    return value if critere.plancher is None else max(value, critere.plancher)


def _mecanisme(champs: Champs, critere: Critere, nom: str, evenements: bool) -> Points:
    node: Mecanisme = critere.mecanisme
    if isinstance(node, Fixe):
        return _fixe(champs, node, critere.fige)
    if isinstance(node, Bandes):
        return _bandes(champs, node, critere.fige)
    if isinstance(node, Case):
        return _case(champs, node)
    if isinstance(node, Lineaire):
        if node.depuis is not None:
            return _mois(champs, node, node.depuis, critere)
        return _unites(champs, node, node.colonne or "", critere)
    return _compte(node, nom, evenements)


def _fixe(champs: Champs, node: Fixe, fige: str | None) -> Points:
    known = _known_fixe(champs, node.si, fige)
    unknown = may_be_unknown(champs, node.si, fige)
    test = condition(champs, node.si, fige, once=known is not None or not unknown)
    dtype = narrow(min(node.points, 0), max(node.points, 0))
    value = pl.when(test).then(literal(node.points, dtype)).otherwise(literal(0, dtype))
    if unknown and known is None:
        known = test.is_not_null()
    return Points(value, known if unknown else None, min(node.points, 0), max(node.points, 0))


def _known_fixe(champs: Champs, node: Condition, fige: str | None) -> pl.Expr | None:
    """Tell where a condition is known without computing it; None where that is not so simple."""
    if isinstance(node, Egal | Parmi | Contient):
        return champs.known(node.colonne, fige)
    if not isinstance(node, Dans) or not isinstance(node.source, Mesure):
        return None
    tables = [b.valeur for b in node.bornes if isinstance(b.valeur, RefTable)]
    known = champs.known(node.source.colonne, fige)
    if not tables:
        return known
    seuil = champs.threshold(tables[0], in_cents(node.source))
    if len(node.bornes) > 1 or not seuil.complet:
        return None
    if known is None or seuil.dedans is None:
        return seuil.dedans if known is None else known
    key = ("connu_seuil", node.source.colonne, tables[0].par, fige)
    within = seuil.dedans & known
    return champs.temporary(key, f"connu__{node.source.colonne}", lambda: within)


def _bandes(champs: Champs, node: Bandes, fige: str | None) -> Points:
    low, high = min(0, *(b.points for b in node.bandes)), max(0, *(b.points for b in node.bandes))
    dtype = narrow(low, high)
    pairs = [(test, literal(points, dtype)) for test, points in _chain(champs, node, fige)]
    last = literal(node.bandes[-1].points if _contiguous(node.bandes) else 0, dtype)
    value = choose(pairs, last)
    known = _known_source(champs, node, fige)
    if known is not None:
        value = pl.when(known).then(value).otherwise(literal(0, dtype))
    return Points(value, known, low, high)


def _known_source(champs: Champs, node: Bandes, fige: str | None) -> pl.Expr | None:
    if isinstance(node.source, Rapport):
        known: pl.Expr | None = ratio_known(champs, node.source)
    else:
        known = champs.known(node.source.colonne, fige)
    reached: pl.Expr | None = None
    for bande in node.bandes:
        if any(isinstance(b.valeur, RefTable) for b in bande.bornes):
            step = _within(champs, node, bande, fige).is_not_null()
            reached = step if reached is None else reached & (step | _earlier(champs, node, bande, fige))
    return both(known, never_null(reached))


def _earlier(champs: Champs, node: Bandes, bande: Bande, fige: str | None) -> pl.Expr:
    """Tell whether a band before this one already holds."""
    before = node.bandes[: node.bandes.index(bande)]
    tests = [_within(champs, node, b, fige).fill_null(False) for b in before]
    return reduce(or_, tests, pl.lit(False))


def _within(champs: Champs, node: Bandes, bande: Bande, fige: str | None) -> pl.Expr:
    """Tell whether the measure is in a band of a scale that reads tables: used more than once."""
    key = ("bande", node.source, bande.bornes, fige)
    return champs.temporary(key, "bande", lambda: dans(champs, node.source, bande.bornes, fige))


def _chain(champs: Champs, node: Bandes, fige: str | None) -> list[tuple[pl.Expr, int]]:
    """Return the tests in order; contiguous bands need one comparison each, the last none."""
    bandes = node.bandes
    if not _contiguous(bandes):
        read = any(isinstance(b.valeur, RefTable) for bande in bandes for b in bande.bornes)
        if read:
            return [(_within(champs, node, b, fige), b.points) for b in bandes]
        return [(dans(champs, node.source, b.bornes, fige), b.points) for b in bandes]
    tests: list[tuple[pl.Expr, int]] = []
    uppers = tuple(b for bande in bandes for b in bande.bornes if not b.basse)
    for bande in bandes[:-1]:
        upper = next(b for b in bande.bornes if not b.basse)
        if isinstance(node.source, Rapport):
            test = compare_ratio(champs, node.source, upper, uppers, in_cents(node.source))
        else:
            test = dans(champs, node.source, (upper,), fige)
        tests.append((test, bande.points))
    return tests


_SUITE = {"moins_de": "des", "jusqu_a": "plus_de"}


def _contiguous(bandes: tuple[Bande, ...]) -> bool:
    """Tell whether ascending bands cover everything: each begins where the last ends."""
    if len(bandes) < 2:
        return False
    previous: Borne | None = None
    for place, bande in enumerate(bandes):
        lower = next((b for b in bande.bornes if b.basse), None)
        upper = next((b for b in bande.bornes if not b.basse), None)
        if any(isinstance(b.valeur, RefTable) for b in bande.bornes):
            return False
        if place == 0:
            if lower is not None:
                return False
        elif (
            lower is None
            or previous is None
            or _SUITE[previous.sens] != lower.sens
            or previous.valeur != lower.valeur
        ):
            return False
        if place == len(bandes) - 1:
            return upper is None
        if upper is None or isinstance(upper.valeur, RefTable):
            return False
        before = None if previous is None else previous.valeur
        if before is not None and not isinstance(before, RefTable) and upper.valeur <= before:
            return False
        previous = upper
    return False


def _case(champs: Champs, node: Case) -> Points:
    """Points of the declared box, read in a table of codes; its last place is that of an unknown answer."""
    gains, codes = dict(node.cases), colonne(node.colonne).codes
    points = [*gains.values(), node.autres]
    low, high = min(0, *points), max(0, *points)
    table = pl.Series([*(gains.get(code, node.autres) for code in codes), 0], dtype=narrow(low, high))
    value = pl.lit(table).gather(champs.expr(node.colonne).to_physical().fill_null(len(codes)))
    return Points(value, champs.known(node.colonne), low, high)


def _mois(champs: Champs, node: Lineaire, depuis: str, critere: Critere) -> Points:
    """Points per unit of time, own cap included, read in one table of days."""
    known = champs.known(depuis)
    if critere.fige is not None:
        known = both(known, champs.known(critere.fige))
        return _mois_fige(node, depuis, critere.fige, known)
    # the bounds are those of all days, so that the type of a column does not depend on the table
    most = _gain(node, most_months(champs.au, node.entame))
    bas, haut = min(0, most), max(0, most)
    cap, floor = critere.plafond, critere.plancher
    if cap is not None:
        bas, haut = min(bas, cap), min(haut, cap)
    if floor is not None:
        bas, haut = max(bas, floor), max(haut, floor)
    dtype, jours = narrow(bas, haut), champs.jours(depuis)
    table = units_table(champs.au, jours, node.entame, lambda m: _clamp(_gain(node, m), critere), dtype)
    value = jours.gather_known(table, pl.col(depuis))
    if known is not None:
        value = pl.when(known).then(value).otherwise(literal(0, dtype))
    return Points(value, known, bas, haut)


def _gain(node: Lineaire, months: int) -> int:
    """Points of some months, before any bound."""
    beyond = months - node.au_dela
    units = -(-beyond // node.mois) if node.entame else beyond // node.mois
    return max(units, 0) * node.points


def _mois_fige(node: Lineaire, depuis: str, fige: str, known: pl.Expr | None) -> Points:
    start, end = pl.col(depuis), pl.col(fige)
    months = months_between(start, end).cast(pl.Int64)
    if node.entame:
        rest = start.dt.offset_by(pl.format("{}mo", months)) < end
        months = months + rest.cast(pl.Int64)
    beyond = months - node.au_dela
    units = -((-beyond) // node.mois) if node.entame else beyond // node.mois
    value = pl.when(units > 0).then(units * node.points).otherwise(literal(0, pl.Int64()))
    bas, haut = min(0, node.points) * MILLION, max(0, node.points) * MILLION
    return Points(fit(value, pl.Int64(), bas, haut), known, bas, haut)


def _steps(node: Lineaire, critere: Critere) -> list[tuple[int, int]] | None:
    """Thresholds and gains of the units until the cap or the floor, if they are few."""
    limit = critere.plafond if node.points > 0 else critere.plancher
    if limit is None or limit * node.points <= 0:
        return None
    count = -(-limit // node.points)
    if count > _FEW:
        return None
    reached = [node.points * k for k in range(count)] + [limit]
    first = node.au_dela + (1 if node.entame else node.pas)
    return [(first + k * node.pas, reached[k + 1] - reached[k]) for k in range(count)]


def _most_units(nom: str, count: bool) -> int:
    """Greatest value of a column: of its type, or what the registry admits."""
    if count:
        return 255
    limit = colonne(nom).maximum
    return int(limit) if limit is not None else 2**31


def _unites(champs: Champs, node: Lineaire, nom: str, critere: Critere) -> Points:
    fige = critere.fige
    known = champs.known(nom, fige)
    steps = _steps(node, critere)
    if steps is not None:
        total = sum(gain for _, gain in steps)
        bas, haut = min(0, total), max(0, total)
        dtype = narrow(bas, haut)
        terms = [
            pl.when(champs.expr(nom, fige) >= threshold)
            .then(literal(gain, dtype))
            .otherwise(literal(0, dtype))
            for threshold, gain in steps
        ]
        return Points(reduce(add, terms), known, bas, haut)
    count = colonne(nom).bits == "u8" and colonne(nom).type == "entier"
    most = _most_units(nom, count) // node.pas
    bas, haut = min(0, node.points) * most, max(0, node.points) * most
    fits = count and abs(node.points) * (255 + node.pas) < 2**15
    had = pl.Int16() if fits else pl.Int64()
    beyond = champs.expr(nom, fige).cast(had) - node.au_dela
    units = beyond
    if node.pas != 1:
        units = -((-beyond) // node.pas) if node.entame else beyond // node.pas
    value = pl.when(units > 0).then(units * node.points).otherwise(literal(0, had))
    return Points(fit(value, had, bas, haut), known, bas, haut)


def _compte(node: Compte | Cumul, nom: str, evenements: bool) -> Points:
    """Read the column that :mod:`evenements` prepared for this criterion."""
    if not evenements:
        return Points(literal(0, pl.Int8()), pl.lit(False), 0, 0)
    name = f"__ev__{nom}"
    if isinstance(node, Cumul):
        value = fit(pl.col(name).fill_null(0), pl.Int64(), node.bas, node.haut)
        return Points(value, pl.col(node.depuis).is_not_null(), node.bas, node.haut)
    beyond = pl.col(name).cast(pl.Int64) - (node.a_partir_de - 1)
    most = 1 if node.une_fois else MILLION
    units = pl.when(beyond > most).then(literal(most, pl.Int64())).when(beyond > 0).then(beyond)
    value = (units.otherwise(literal(0, pl.Int64())) * node.points).fill_null(0)
    bas, haut = min(0, node.points) * most, max(0, node.points) * most
    return Points(fit(value, pl.Int64(), bas, haut), None, bas, haut)


def verified(champs: Champs, critere: Critere) -> pl.Expr | None:
    """Test that the criterion's facts are verified; None if nothing is asked."""
    if critere.preuve == "declare":
        return None
    if not critere.faits:
        return pl.lit(False)
    name = {"piece": "verifie_piece", "travailleur_social": "verifie_social", "etat": "verifie_etat"}[
        critere.preuve
    ]
    col = colonne(name)
    tests = []
    for group in critere.faits:
        mask = literal(col.mask(list(group)), col.dtype)
        tests.append((pl.col(name) & mask) != literal(0, col.dtype))
    return reduce(and_, tests)
