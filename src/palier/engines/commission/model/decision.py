"""Decisions, departures from the order, offers, answers, leases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from palier.base.calendrier import Delai, Echeance

Valeur = int | str
FAVORABLES = ("attribution", "attribution_rang", "attribution_condition")
LETTRES = {
    "attribution": "a",
    "attribution_rang": "b",
    "attribution_condition": "c",
    "non_attribution": "d",
    "irrecevabilite": "e",
}
_AUCUN: Mapping[str, Mapping[str, Valeur]] = MappingProxyType({})
Issue = Literal["oui", "non"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What an attribution waits for: a paper of the closed list, received by a day."""

    piece: str
    limite: dt.date


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided, or proposed, for one candidate.

    Parameters
    ----------
    numero : str
        Unique number of the request.
    code : str
        One of the five of ``caleol_decisions``.
    rang : int, optional
        With ``attribution_rang``, and with a condition inside a ranking.
    condition : Condition, optional
        With ``attribution_condition``.
    motifs : mapping of str to mapping
        Codes of ``caleol_motifs``, each with the numbers it needs.
    texte : str
        Free line of the letter.
    corrige : str, optional
        Identifier of the decision that this one corrects.
    """

    numero: str
    code: str
    rang: int | None = None
    condition: Condition | None = None
    motifs: Mapping[str, Mapping[str, Valeur]] = field(default_factory=lambda: _AUCUN)
    texte: str = ""
    corrige: str | None = None

    @property
    def favorable(self) -> bool:
        """Tell whether it gives the home: a, b or c."""
        return self.code in FAVORABLES


@dataclass(frozen=True, slots=True)
class EcartOrdre:
    """Why a candidate was passed over: code of ``caleol_motifs_ecart`` and a text."""

    numero: str
    code: str
    texte: str


@dataclass(frozen=True, slots=True)
class Offre:
    """An offer as it was received.

    Parameters
    ----------
    numero : str
        Unique number of the request.
    rang : int
        1 if there is no ranking.
    recue_le : date
        Day of receipt.
    minimum : Delai
        The legal delay.
    echeance : Echeance
        The delay granted, counted from the receipt.
    """

    numero: str
    rang: int
    recue_le: dt.date
    minimum: Delai
    echeance: Echeance


@dataclass(frozen=True, slots=True)
class Mandat:
    """What an adviser may do for a person, until a day."""

    portees: frozenset[str]
    fin: dt.date
    revoque_le: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer to an offer.

    Parameters
    ----------
    numero : str
        Whose.
    le : date
        Local day on which it arrived.
    sens : {"oui", "non"}
        Acceptance or refusal.
    role : str
        Who gave it: ``demandeur``, ``accompagnant``, or ``agent_bailleur`` for a phone or a letter.
    mandat : Mandat, optional
        Of the adviser.
    """

    numero: str
    le: dt.date
    sens: Issue
    role: str
    mandat: Mandat | None = None


@dataclass(frozen=True, slots=True)
class Bail:
    """A lease: whose, and the day of its signature."""

    numero: str
    signe_le: dt.date
