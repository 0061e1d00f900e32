"""What can be proved of conditions: never true, or never true once others are not.

A condition becomes a list of cases (a disjunction); each case is a list of
facts about columns that must hold together. A case that contradicts itself is
dropped; a condition without any case left is never true. What is not proved
(tables of thresholds, too many cases) counts as possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Literal

from palier.engines.cotation.checks.intervalles import (
    Intervalle,
    complement,
    domain_of,
    interval_of,
    interval_of_bornes,
    is_empty,
    meet,
)
from palier.engines.cotation.model.nodes import (
    Borne,
    Condition,
    Connu,
    Contient,
    Dans,
    Egal,
    Et,
    Mesure,
    Non,
    Ou,
    Parmi,
    Source,
    columns_of,
)
from palier.tables import colonne, schema

Sorte = Literal["vrai", "faux", "nul"]
Fait = tuple[Sorte, Condition | str]
Cas = tuple[Fait, ...]

_MAX_CAS = 600


class _TropDeCas(Exception):
    """The cases are too many to be proved."""


@dataclass(frozen=True, slots=True)
class Hypothese:
    """A condition and what is supposed of it: true, or not true (false or unknown)."""

    condition: Condition
    vraie: bool = True


def contradiction(*hypotheses: Hypothese) -> str | None:
    """Return the column that makes hypotheses impossible together, or None if they may hold.

    Returns
    -------
    str or None
        A name of column (two of them joined by `` / `` for a ratio).
    """
    try:
        parts = [_true(h.condition) if h.vraie else _not_true(h.condition) for h in hypotheses]
        cases = _product(parts)
    except _TropDeCas:
        return None
    reason = ""
    for case in cases:
        fault = _fault(case)
        if fault is None:
            return None
        reason = reason or fault
    return reason or "connu"


def _product(parts: Sequence[list[Cas]]) -> list[Cas]:
    size = 1
    for part in parts:
        size *= len(part)
    if size > _MAX_CAS:
        raise _TropDeCas
    return [tuple(fact for case in cases for fact in case) for cases in product(*parts)]


def _sum(parts: Sequence[list[Cas]]) -> list[Cas]:
    return [case for part in parts for case in part]


def _true(node: Condition) -> list[Cas]:
    if isinstance(node, Et):
        return _product([_true(m) for m in node.membres])
    if isinstance(node, Ou):
        return _sum([_true(m) for m in node.membres])
    if isinstance(node, Non):
        return _false(node.membre)
    return [(_known(node.colonne, node.connu),)] if isinstance(node, Connu) else [(("vrai", node),)]


def _false(node: Condition) -> list[Cas]:
    if isinstance(node, Et):
        return _sum([_false(m) for m in node.membres])
    if isinstance(node, Ou):
        return _product([_false(m) for m in node.membres])
    if isinstance(node, Non):
        return _true(node.membre)
    if isinstance(node, Connu):
        return [(_known(node.colonne, not node.connu),)]
    if isinstance(node, Dans):
        return [(("faux", Dans(node.source, (borne,))),) for borne in node.bornes]
    return [(("faux", node),)]


def _not_true(node: Condition) -> list[Cas]:
    if isinstance(node, Et):
        return _sum([_not_true(m) for m in node.membres])
    if isinstance(node, Ou):
        return _product([_not_true(m) for m in node.membres])
    if isinstance(node, Non):
        return _not_false(node.membre)
    return [*_false(node), *_unknown(node)]


def _not_false(node: Condition) -> list[Cas]:
    if isinstance(node, Et):
        return _product([_not_false(m) for m in node.membres])
    if isinstance(node, Ou):
        return _sum([_not_false(m) for m in node.membres])
    if isinstance(node, Non):
        return _not_true(node.membre)
    return [*_true(node), *_unknown(node)]


def _unknown(node: Condition) -> list[Cas]:
    if isinstance(node, Connu):
        return []
    cases: list[Cas] = [(("nul", name),) for name in columns_of(node)]
    if isinstance(node, Dans) and (len(node.source.colonnes) > 1 or not _constant(node.bornes)):
        cases.append(())
    return cases


def _known(name: str, known: bool) -> Fait:
    return ("vrai", Connu(name, True)) if known else ("nul", name)


def _constant(bornes: Sequence[Borne]) -> bool:
    return all(isinstance(borne.valeur, Fraction) for borne in bornes)


@dataclass(slots=True)
class _Etat:
    """What one case says of each column."""

    nuls: set[str] = field(default_factory=set)
    connus: set[str] = field(default_factory=set)
    codes: dict[str, set[str | bool]] = field(default_factory=dict)
    nombres: dict[Source, list[Intervalle]] = field(default_factory=dict)
    contient: dict[str, list[set[str]]] = field(default_factory=dict)
    exclus: dict[str, set[str]] = field(default_factory=dict)


def _fault(case: Cas) -> str | None:
    state = _Etat()
    for kind, node in case:
        if isinstance(node, str):
            state.nuls |= {node, *_only_source(node)}
        else:
            _note(state, node, kind == "vrai")
            for implied in _implied(node) if kind == "vrai" else ():
                _note(state, implied, True)
    required = set(schema("demandes").obligatoires)
    for name in state.nuls:
        if name in state.connus or name in required:
            return name
    for name, left in state.codes.items():
        if not left:
            return name
    for source, intervals in state.nombres.items():
        if not intervals:
            return " / ".join(source.colonnes)
    return _set_fault(state)


def _note(state: _Etat, node: Condition, holds: bool) -> None:
    for name in columns_of(node):
        state.connus |= {name, *_only_source(name)}
    if isinstance(node, Egal | Parmi) and not _is_number(node):
        wanted = {node.valeur} if isinstance(node, Egal) else set(node.codes)
        left = state.codes.setdefault(node.colonne, _answers(node.colonne))
        state.codes[node.colonne] = left & wanted if holds else left - wanted
    elif isinstance(node, Egal):
        value = Fraction(int(node.valeur))
        point = meet(interval_of("des", value, True), interval_of("jusqu_a", value, True))
        _narrow(state, Mesure(node.colonne), [point] if holds else complement(point))
    elif isinstance(node, Contient):
        if holds:
            state.contient.setdefault(node.colonne, []).append(set(node.codes))
        else:
            state.exclus.setdefault(node.colonne, set()).update(node.codes)
    elif isinstance(node, Dans) and _constant(node.bornes):
        values = [b.valeur for b in node.bornes if isinstance(b.valeur, Fraction)]
        inside = interval_of_bornes(node.bornes, values, domain_of(node.source).entier)
        _narrow(state, node.source, [inside] if holds else complement(inside))


def _narrow(state: _Etat, source: Source, allowed: list[Intervalle]) -> None:
    now = state.nombres.setdefault(source, [domain_of(source).intervalle])
    met = [meet(one, other) for one in now for other in allowed]
    state.nombres[source] = [interval for interval in met if not is_empty(interval)]


def _set_fault(state: _Etat) -> str | None:
    for name, wanted in state.contient.items():
        left = [codes - state.exclus.get(name, set()) for codes in wanted]
        if not all(left):
            return name
        apart: list[set[str]] = []
        for codes in left:
            if all(codes.isdisjoint(other) for other in apart):
                apart.append(codes)
        limit = colonne(name).max_codes
        if limit is not None and len(apart) > limit:
            return name
    return None


def _is_number(node: Egal | Parmi) -> bool:
    return isinstance(node, Egal) and colonne(node.colonne).type == "entier"


def _answers(name: str) -> set[str | bool]:
    col = colonne(name)
    return {True, False} if col.type == "booleen" else set(col.codes)


def _only_source(name: str) -> tuple[str, ...]:
    derive = colonne(name).derive
    return derive if len(derive) == 1 else ()


def _implied(node: Condition) -> Iterator[Condition]:
    """Facts that derived answers carry with them."""
    if node == Egal("parent_isole", True):
        yield Egal("en_couple", False)
        yield Dans(Mesure("nb_a_charge"), (Borne("des", Fraction(1)),))
    elif node == Egal("jeune_menage", True):
        yield Egal("en_couple", True)
