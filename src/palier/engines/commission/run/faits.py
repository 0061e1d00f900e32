"""Facts given with an arrow: each guard reads those it names, with their type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeVar

from palier.base.errors import Problem

T = TypeVar("T")


class FaitManquant(Exception):
    """A guard asks for a fact that nobody gave, or that is of another kind."""

    def __init__(self, nom: str) -> None:
        super().__init__(nom)
        self.nom = nom

    def problem(self, garde: str) -> Problem:
        """Return it as COM-023."""
        words = f"Le fait « {self.nom} », que demande « {garde} », manque ou n'est pas de la bonne nature."
        return Problem("COM-023", garde, words, "Donnez ce fait avec l'acte.")


class Faits:
    """A mapping of facts, read by name and type."""

    def __init__(self, valeurs: Mapping[str, object]) -> None:
        self._valeurs = valeurs

    def read(self, nom: str, nature: type[T]) -> T:
        """Return a fact; FaitManquant unless it is of this very kind (a boolean is no number)."""
        found = self._valeurs.get(nom)
        if not isinstance(found, nature) or (nature is int and isinstance(found, bool)):
            raise FaitManquant(nom)
        return found

    def maybe(self, nom: str, nature: type[T]) -> T | None:
        """Return a fact that may be None, but must have been given."""
        if nom in self._valeurs and self._valeurs[nom] is None:
            return None
        return self.read(nom, nature)

    def date(self, nom: str) -> dt.date:
        """Return a day; an instant is not one."""
        found = self.read(nom, dt.date)
        if isinstance(found, dt.datetime):
            raise FaitManquant(nom)
        return found

    def maybe_date(self, nom: str) -> dt.date | None:
        """Return a day that may be None, but must have been given."""
        return None if self.maybe(nom, dt.date) is None else self.date(nom)
