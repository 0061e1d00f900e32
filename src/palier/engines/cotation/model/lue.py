"""A grid that could be read in part: what is sound of it can still be judged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from palier.base.errors import Problem
from palier.engines.cotation.model.nodes import Critere, Famille, Grille


@dataclass(frozen=True, slots=True)
class GrilleLue:
    """What a reading gives.

    Parameters
    ----------
    grille : Grille or None
        Without the criteria that hold a problem; None where nothing can be judged.
    problemes : tuple of Problem
        Every problem of the form, sorted by line.
    entiere : bool
        Every problem stands inside a criterion: the rest of the grid is as it is written.
    """

    grille: Grille | None
    problemes: tuple[Problem, ...]
    entiere: bool


def without(grille: Grille, blesses: set[int]) -> Grille:
    """Take out of a grid the criteria that start at these lines."""
    kept = (
        replace(systeme, familles=tuple(_famille(famille, blesses) for famille in systeme.familles))
        for systeme in grille.systemes
    )
    return replace(grille, systemes=tuple(kept)) if blesses else grille


def _famille(famille: Famille, blesses: set[int]) -> Famille:
    members: list[Critere | Famille] = []
    for membre in famille.membres:
        if isinstance(membre, Famille):
            members.append(_famille(membre, blesses))
        elif membre.ligne not in blesses:
            members.append(membre)
    return replace(famille, membres=tuple(members))
