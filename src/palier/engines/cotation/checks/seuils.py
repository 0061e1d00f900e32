"""Thresholds written in tables: resolved for each key, of the law or of the grid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from palier.base.errors import LoiError
from palier.engines.cotation.model.conditions import in_cents
from palier.engines.cotation.model.nodes import Borne, Grille, RefTable, Source
from palier.law import LoiAu
from palier.tables import colonne

MAX_CLES = 5_000
_PROLONGE = 30

Cle = tuple[str, ...]
Choix = Mapping[str, str]


def cells_of(ref: RefTable, grille: Grille, loi: LoiAu | None) -> Mapping[Cle, Fraction] | None:
    """Return the numbers of a table, or None if it cannot be read here."""
    if not ref.loi:
        local = grille.table(ref.id)
        return dict(local.valeurs) if local is not None and local.par == ref.par else None
    if loi is None:
        return None
    try:
        valeur = loi.get(ref.id)
        if len(valeur.dimensions) != len(ref.par) or valeur.table is None:
            return None
        found = dict(valeur.table)
        if valeur.prolonge is not None:
            found |= loi.bounds(ref.id, valeur.prolonge.dimension, _PROLONGE)
    except LoiError:
        return None
    whole = [place for place, name in enumerate(ref.par) if colonne(name).type == "entier"]
    return {
        key: Fraction(cell)
        for key, cell in found.items()
        if not isinstance(cell, str) and all(key[place].isdigit() for place in whole)
    }


def refs_of(bornes: Iterable[Borne]) -> list[RefTable]:
    """List the tables that bounds read, each once."""
    return list(dict.fromkeys(b.valeur for b in bornes if isinstance(b.valeur, RefTable)))


class Seuils:
    """The bounds of one source for every combination of answers that choose them."""

    def __init__(self, source: Source, grille: Grille, loi: LoiAu | None) -> None:
        self._fois = 100 if in_cents(source) else 1
        self._grille, self._loi = grille, loi
        self._cells: dict[RefTable, Mapping[Cle, Fraction] | None] = {}

    def cells(self, ref: RefTable) -> Mapping[Cle, Fraction] | None:
        """Return the numbers of a table, read once."""
        if ref not in self._cells:
            self._cells[ref] = cells_of(ref, self._grille, self._loi)
        return self._cells[ref]

    def choices(self, bornes: Sequence[Borne]) -> list[Choix] | None:
        """List the answers that choose the thresholds; None if they are not known here."""
        found: list[Choix] = [{}]
        for ref in refs_of(bornes):
            cells = self.cells(ref)
            if cells is None:
                return None
            found = [joint for choice in found for joint in _join(choice, ref, cells)]
            if len(found) > MAX_CLES:
                return None
        return found

    def values(self, bornes: Sequence[Borne], choice: Choix) -> list[Fraction]:
        """Return the values of bounds under one choice."""
        found = []
        for borne in bornes:
            if isinstance(borne.valeur, Fraction):
                found.append(borne.valeur)
                continue
            cells = self.cells(borne.valeur) or {}
            found.append(cells[tuple(choice[name] for name in borne.valeur.par)] * self._fois)
        return found


def _join(choice: Choix, ref: RefTable, cells: Mapping[Cle, Fraction]) -> Iterator[Choix]:
    for key in cells:
        answers = dict(zip(ref.par, key, strict=True))
        if all(choice.get(name, code) == code for name, code in answers.items()):
            yield {**choice, **answers}


def choice_text(choice: Choix) -> str:
    """Say which answers choose a threshold, or nothing if there is none."""
    return f" pour {', '.join(f'{name} {code}' for name, code in choice.items())}" if choice else ""
