"""Where a grid reads its thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from palier.engines.cotation.model.nodes import (
    Bandes,
    Borne,
    Condition,
    Critere,
    Dans,
    Et,
    Famille,
    Fixe,
    Grille,
    Non,
    Ou,
    RefTable,
)


def tables_of(grille: Grille) -> Iterator[RefTable]:
    """Yield the tables of thresholds that a grid names, of the law or its own."""
    conditions: list[Condition] = [h.si for h in grille.hors_champ]
    for systeme in grille.systemes:
        conditions += [systeme.si] if systeme.si is not None else []
        conditions += [c.si for c in systeme.classes if c.si is not None] + [f.si for f in systeme.forces]
        for famille in systeme.familles:
            conditions += _factors(famille)
        for critere in systeme.criteres():
            yield from _of_critere(critere)
    for node in conditions:
        yield from _of_condition(node)


def _factors(famille: Famille) -> list[Condition]:
    inside = [f.si for f in famille.facteurs]
    for member in famille.membres:
        if isinstance(member, Famille):
            inside += _factors(member)
    return inside


def _of_critere(critere: Critere) -> Iterator[RefTable]:
    if critere.garde is not None:
        yield from _of_condition(critere.garde)
    match critere.mecanisme:
        case Fixe(si, _):
            yield from _of_condition(si)
        case Bandes(_, bandes):
            for bande in bandes:
                yield from _of_bornes(bande.bornes)
        case _:
            pass


def _of_condition(node: Condition) -> Iterator[RefTable]:
    match node:
        case Et(members) | Ou(members):
            for member in members:
                yield from _of_condition(member)
        case Non(member):
            yield from _of_condition(member)
        case Dans(_, bornes):
            yield from _of_bornes(bornes)
        case _:
            pass


def _of_bornes(bornes: Iterable[Borne]) -> Iterator[RefTable]:
    for borne in bornes:
        if isinstance(borne.valeur, RefTable):
            yield borne.valeur
