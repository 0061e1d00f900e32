"""What a judgement leaves: for each criterion and family, all that decided its points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference.demande import Demande

Nombre = int | Fraction


class TraceCritere(NamedTuple):
    """One criterion judged.

    ``brut`` are the points before its own cap and floor; ``points`` after, None
    if an answer is missing; ``verifies`` the points that count once only what
    was checked counts. ``garde`` is the answer to the guard.
    """

    critere: n.Critere
    demande: Demande
    garde: bool | None
    brut: int | None
    points: int | None
    verifie: bool

    @property
    def verifies(self) -> int | None:
        """Points of the verified score."""
        return self.points if self.verifie or self.points is None else 0


class TraceFamille(NamedTuple):
    """One family judged.

    ``facteurs`` are the answers to the conditions of its factors; ``somme`` is
    what its rule gives, ``points`` after bounds and factors.
    """

    famille: n.Famille
    membres: tuple[TraceCritere | TraceFamille, ...]
    facteurs: tuple[bool | None, ...]
    points: Nombre
    verifies: Nombre

    def criteres(self) -> Iterator[TraceCritere]:
        """Yield the criteria below, in order."""
        for membre in self.membres:
            if isinstance(membre, TraceFamille):
                yield from membre.criteres()
            else:
                yield membre


@dataclass(frozen=True, slots=True)
class Trace:
    """A whole judgement: the request, its system and families, what replaced the sum."""

    demande: Demande
    systeme: n.Systeme | None = None
    familles: tuple[TraceFamille, ...] = ()
    force: n.Force | None = None
    indefinis: tuple[TraceCritere, ...] = ()

    def criteres(self) -> Iterator[TraceCritere]:
        """Yield all criteria of the system, in order."""
        for famille in self.familles:
            yield from famille.criteres()


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score of one request.

    Parameters
    ----------
    etat : str
        ``note``, ``note_partielle``, ``hors_champ`` or ``refusee``.
    motif_etat : str, optional
        Why it is out of scope or refused.
    systeme : str, optional
        The system that applied.
    classe, classe_rang : str and int, optional
        The class, and its place (0 first).
    total, total_verifie : int, optional
        Declared and verified totals; None if out of scope or refused.
    points : mapping
        Points of each criterion of every system; None if unknown or of another system.
    manque : tuple of str
        Answers that are missing, and tables that lack a threshold, sorted.
    trace : Trace
        What decided each point.
    au : date
        The day of the score.
    """

    etat: str
    motif_etat: str | None
    systeme: str | None
    classe: str | None
    classe_rang: int | None
    total: int | None
    total_verifie: int | None
    points: Mapping[str, int | None]
    manque: tuple[str, ...]
    trace: Trace
    au: dt.date
