"""Walks through a grid: every condition, every criterion with what encloses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    Source,
    Systeme,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A criterion with its system and the families around it, the nearest first."""

    systeme: Systeme
    critere: Critere
    familles: tuple[Famille, ...]


@dataclass(frozen=True, slots=True)
class Lue:
    """A condition of the grid with its role.

    ``sorte``: systeme, hors_champ, classe, force, facteur, garde or critere.
    """

    sorte: str
    ou: str
    ligne: int
    condition: Condition
    systeme: Systeme | None = None
    critere: Critere | None = None


def places(grille: Grille) -> list[Place]:
    """List every criterion of every system."""
    return [place for systeme in grille.systemes for place in _places(systeme, systeme.familles, ())]


def _places(
    systeme: Systeme, membres: tuple[Critere | Famille, ...], around: tuple[Famille, ...]
) -> Iterator[Place]:
    for membre in membres:
        if isinstance(membre, Famille):
            yield from _places(systeme, membre.membres, (membre, *around))
        else:
            yield Place(systeme, membre, around)


def familles(grille: Grille) -> Iterator[tuple[Systeme, Famille]]:
    """Yield every family, nested ones included."""
    for systeme in grille.systemes:
        pending: list[Critere | Famille] = list(systeme.familles)
        while pending:
            membre = pending.pop(0)
            if isinstance(membre, Famille):
                yield systeme, membre
                pending.extend(membre.membres)


def conditions(grille: Grille) -> Iterator[Lue]:
    """Yield every condition of the grid."""
    for hors in grille.hors_champ:
        yield Lue("hors_champ", f"le motif hors champ « {hors.motif} »", hors.ligne, hors.si)
    for systeme in grille.systemes:
        if systeme.si is not None:
            yield Lue("systeme", f"le système « {systeme.id} »", systeme.ligne, systeme.si, systeme)
        for classe in systeme.classes:
            if classe.si is not None:
                yield Lue("classe", f"la classe « {classe.id} »", classe.ligne, classe.si, systeme)
        for force in systeme.forces:
            yield Lue("force", f"le total forcé « {force.id} »", force.ligne, force.si, systeme)
    for systeme, famille in familles(grille):
        for facteur in famille.facteurs:
            words = f"un facteur de la famille « {famille.id} »"
            yield Lue("facteur", words, facteur.ligne or famille.ligne, facteur.si, systeme)
    for place in places(grille):
        critere = place.critere
        words = f"le critère « {critere.id} »"
        if critere.garde is not None:
            yield Lue("garde", words, critere.ligne, critere.garde, place.systeme, critere)
        if isinstance(critere.mecanisme, Fixe):
            yield Lue("critere", words, critere.ligne, critere.mecanisme.si, place.systeme, critere)


def atoms(node: Condition, positive: bool = True) -> Iterator[tuple[Condition, bool]]:
    """Yield the simple conditions, each with whether it stands under an even number of « non »."""
    if isinstance(node, Et | Ou):
        for membre in node.membres:
            yield from atoms(membre, positive)
    elif isinstance(node, Non):
        yield from atoms(node.membre, not positive)
    else:
        yield node, positive


def bornes_of(grille: Grille) -> Iterator[tuple[str, int, Source, Borne]]:
    """Yield every bound of the grid with its place, its line and its source."""
    for lue in conditions(grille):
        for atom, _ in atoms(lue.condition):
            if isinstance(atom, Dans):
                for borne in atom.bornes:
                    yield lue.ou, lue.ligne, atom.source, borne
    for place in places(grille):
        if isinstance(place.critere.mecanisme, Bandes):
            for bande in place.critere.mecanisme.bandes:
                for borne in bande.bornes:
                    words = f"le critère « {place.critere.id} »"
                    yield words, bande.ligne or place.critere.ligne, place.critere.mecanisme.source, borne
