"""Walk the nodes of a rule, whatever its shape, and find what it reads in tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from palier.engines.cotation.model.nodes import (
    Bandes,
    Borne,
    Condition,
    Critere,
    Dans,
    Et,
    Fixe,
    Non,
    Ou,
    RefTable,
    columns_of,
    columns_of_critere,
)

T = TypeVar("T")
# a computed answer that is found by looking up ceilings of the law, and how it looks them up
PLAFONDS = ("plai", "plus", "pls")
TABLES_DE_COLONNE = {
    "plafond_max_code": tuple(
        RefTable(f"plafonds_{code}", ("categorie_menage", "zone"), loi=True) for code in PLAFONDS
    )
}


def walk(node: object) -> Iterator[object]:
    """Yield a node of a rule and all the nodes below it, parents first, in order."""
    stack = [node]
    while stack:
        item = stack.pop()
        yield item
        below = item if isinstance(item, tuple) else [getattr(item, nom) for nom in _fields(item)]
        stack += reversed([part for part in below if isinstance(part, tuple) or _fields(part)])


def nodes_of(node: object, kind: type[T]) -> list[T]:
    """Return the nodes of a kind, anywhere at or below a node, in order."""
    return [item for item in walk(node) if isinstance(item, kind)]


def _fields(node: object) -> Iterable[str]:
    fields: Iterable[str] = getattr(node, "__dataclass_fields__", ())
    return fields


def tables_of(part: Critere | Condition) -> tuple[RefTable, ...]:
    """Return the tables where a criterion or a condition reads thresholds, each once.

    Those that a computed answer looks up are included.
    """
    colonnes = columns_of_critere(part) if isinstance(part, Critere) else columns_of(part)
    looked_up = (table for nom in colonnes for table in TABLES_DE_COLONNE.get(nom, ()))
    return tuple(dict.fromkeys((*_written_in(part), *looked_up)))


def _written_in(part: Critere | Condition) -> Iterator[RefTable]:
    """Yield the tables that a criterion or a condition names, in the order of :func:`walk`."""
    if isinstance(part, Critere):
        node = part.mecanisme
        if isinstance(node, Fixe):
            yield from _written_in(node.si)
        elif isinstance(node, Bandes):
            for bande in node.bandes:
                yield from _in_bornes(bande.bornes)
        if part.garde is not None:
            yield from _written_in(part.garde)
    elif isinstance(part, Dans):
        yield from _in_bornes(part.bornes)
    elif isinstance(part, Et | Ou):
        for member in part.membres:
            yield from _written_in(member)
    elif isinstance(part, Non):
        yield from _written_in(part.membre)


def _in_bornes(bornes: tuple[Borne, ...]) -> Iterator[RefTable]:
    return (borne.valeur for borne in bornes if isinstance(borne.valeur, RefTable))


def code_of_table(table: RefTable) -> str:
    """Name a table among what is missing: ``loi:plafonds_plai``, or ``table:seuils`` of the grid.

    >>> code_of_table(RefTable("plafonds_plai", ("categorie_menage", "zone"), loi=True))
    'loi:plafonds_plai'
    """
    return f"{'loi' if table.loi else 'table'}:{table.id}"
