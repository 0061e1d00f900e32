"""A grid made ready to judge requests one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.model.parcours import nodes_of
from palier.engines.cotation.reference.droit import Droit, droit_de
from palier.law.registre import LoiAu


@dataclass(frozen=True)
class Regle:
    """A grid ready to judge requests one by one, with the legal values that it uses.

    ``connues`` are other grids that are known: one may have replaced this one.
    """

    grille: n.Grille
    droit: Droit
    criteres: tuple[str, ...]
    rapports: Mapping[int, tuple[n.Rapport, ...]]
    connues: tuple[n.Grille, ...] = ()
    memoire: dict[int, Any] = field(default_factory=dict, compare=False)


def prepare(grille: n.Grille, loi: LoiAu, connues: Iterable[n.Grille] = ()) -> Regle:
    """Make a grid ready: read once the legal values that it uses.

    Raises
    ------
    LoiError
        LOI-001 to LOI-007, if one of these values is unknown, early or stale.
    """
    criteres = [c for systeme in grille.systemes for c in systeme.criteres()]
    rapports = {id(c): rapports_de(c) for c in criteres if rapports_de(c)}
    return Regle(grille, droit_de(grille, loi), tuple(grille.criteres()), rapports, tuple(connues))


def rapports_de(node: object) -> tuple[n.Rapport, ...]:
    """Return the ratios that a rule, or a part of it, reads."""
    return tuple(nodes_of(node, n.Rapport))
