"""What the counts of a session give: college, quorum, vote, closing of a home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from palier.base.errors import Problem
from palier.engines.commission.model.decision import Decision, EcartOrdre
from palier.engines.commission.model.dossier import ExamenDossiers
from palier.engines.commission.model.reglement import Base
from palier.engines.commission.model.seance import Membre

Departage = Literal["maire", "president", "aucun"]


@dataclass(frozen=True, slots=True)
class College:
    """Who may vote for a home, who is there, who left for an interest.

    Parameters
    ----------
    membres : tuple of Membre
        With a vote for this home.
    presents : tuple of str
        Members in the room, or represented, who stay.
    representes : tuple of (str, str)
        Members that a proxy represents, with the holder.
    sortis : tuple of (str, str)
        Members who left for this home, with the declared interest.
    """

    membres: tuple[Membre, ...]
    presents: tuple[str, ...]
    representes: tuple[tuple[str, str], ...]
    sortis: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quorum:
    """The quorum of a home: counted, required, of how many."""

    base: Base
    comptes: int
    requis: int
    effectif: int

    @property
    def atteint(self) -> bool:
        """Tell whether the home may be examined."""
        return self.comptes >= self.requis


@dataclass(frozen=True, slots=True)
class Depouillement:
    """The count of a ballot.

    Parameters
    ----------
    oui, non, abstentions : int
        Votes.
    adopte : bool
        More yes than no, or a tie settled for.
    departage : {"maire", "president", "aucun"}, optional
        What settled a tie; None if there was none.
    participants, requis : int
        Written session: who took part, and how many must.
    """

    oui: int
    non: int
    abstentions: int
    adopte: bool
    departage: Departage | None = None
    participants: int | None = None
    requis: int | None = None

    @property
    def valide(self) -> bool:
        """Tell whether enough members took part in a written session."""
        return self.participants is None or self.requis is None or self.participants >= self.requis


@dataclass(frozen=True, slots=True)
class Cloture:
    """The closing of one home in a session.

    Parameters
    ----------
    logement : str
        The home.
    le : date
        Day of the session.
    examine : bool
        False without quorum: the item is « non examiné » and comes back.
    quorum, vote, dossiers
        What was counted; ``vote`` is None if the item was not examined.
    decisions : tuple of Decision
        In the order of the ranks; empty if the proposal was not adopted.
    ecarts : tuple of EcartOrdre
        Departures from the computed order, with their reasons.
    problemes : tuple of Problem
        What a proposal breaks; a closing with one has decided nothing.
    avertissements : tuple of Problem
        What a person must have seen.
    """

    logement: str
    le: dt.date
    examine: bool
    quorum: Quorum
    dossiers: ExamenDossiers
    vote: Depouillement | None
    decisions: tuple[Decision, ...]
    ecarts: tuple[EcartOrdre, ...] = ()
    problemes: tuple[Problem, ...] = ()
    avertissements: tuple[Problem, ...] = ()

    @property
    def attributaires(self) -> tuple[Decision, ...]:
        """Return the favourable decisions, best rank first."""
        return tuple(d for d in self.decisions if d.favorable)

    def decision(self, numero: str) -> Decision | None:
        """Return the decision of a candidate."""
        return next((d for d in self.decisions if d.numero == numero), None)
