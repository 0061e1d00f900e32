"""Points without what they are for: the lines of class 4 for who is no named reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from palier.base.explanation import Explanation, Phrase
from palier.engines.cotation.model import Grille
from palier.engines.cotation.model.nodes import columns_of_critere
from palier.tables import schema

SENSIBLES = frozenset(c.nom for c in schema("demandes").colonnes if c.sensibilite == 4)
_AMOUNTS = frozenset(c.nom for c in schema("demandes").colonnes if c.sensibilite == 3)


def sensitive_criteria(grilles: Sequence[Grille]) -> frozenset[str]:
    """Return the criteria of some grids that read an answer of class 4."""
    found = set()
    for grille in grilles:
        for nom, variants in grille.criteres().items():
            if any(SENSIBLES & set(columns_of_critere(c)) for c in variants):
                found.add(nom)
    return frozenset(found)


def mask(explication: Explanation, criteres: frozenset[str], libelle: str) -> Explanation:
    """Return a tree whose lines of class 4 keep their points only; those without points leave.

    Parameters
    ----------
    explication : Explanation
        A whole tree.
    criteres : frozenset of str
        Criteria that read class 4.
    libelle : str
        Name of a masked line.
    """
    kept = []
    for line in explication.enfants:
        if is_sensitive(line, criteres):
            if line.points or line.retenu:
                kept.append(_bare(line, libelle))
        else:
            kept.append(mask(line, criteres, libelle))
    missing = tuple(nom for nom in explication.manque if nom not in SENSIBLES)
    return explication._replace(enfants=tuple(kept), manque=missing)


def is_sensitive(line: Explanation, criteres: frozenset[str]) -> bool:
    """Tell whether a line, or all that a family holds, reads class 4."""
    if line.code in criteres or SENSIBLES & set(_names(line.lu)) or SENSIBLES & set(_names(line.regle)):
        return True
    return bool(line.enfants) and all(is_sensitive(child, criteres) for child in line.enfants)


def _bare(line: Explanation, libelle: str) -> Explanation:
    return Explanation("reserve", libelle, points=line.points, retenu=line.retenu)


def amounts_read(explication: Explanation) -> tuple[str, ...]:
    """Return the columns of class 3 that a tree shows, for the journal."""
    seen = {name for _, line in explication.walk() for name in (*_names(line.lu), *_names(line.regle))}
    return tuple(sorted(_AMOUNTS & seen))


def _names(value: Any) -> Iterator[str]:
    """Yield every text among the values of a phrase: names of columns are among them."""
    if isinstance(value, Phrase):
        for item in value.valeurs.values():
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, str):
        yield value
