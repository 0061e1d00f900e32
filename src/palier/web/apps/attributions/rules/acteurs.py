"""Who acts in an allocation: the role of the machines, and the perimeter in which the act is done."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from palier.engines.commission import Mandat

#: Rights of those who act by their seat, by their own request, or by the clock; all others are in the matrix.
SANS_FONCTION: dict[str, dict[str, str]] = {
    "president": {
        "seance": "RU", "point": "U", "vote": "C", "decision": "C", "pv": "RC", "candidature": "R",
        "vacance": "R",
    },
    "membre": {"seance": "R", "vote": "C", "pv": "R", "candidature": "R", "vacance": "R"},
    "demandeur": {"candidature": "RU", "proposition": "RU", "visite": "RU"},
    "accompagnant": {"candidature": "RU", "proposition": "RU", "visite": "RU"},
    "horloge": {"vacance": "RU", "candidature": "RU", "proposition": "CRU", "decision": "U", "seance": "U"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Acteur:
    """Who acts.

    Parameters
    ----------
    qui : object
        Account, or name of a program, for the journal.
    role : str
        A role of the machines, or ``membre``.
    organismes : tuple of UUID
        In whose name.
    membre : UUID, optional
        Seat, for the president and the members.
    seances : tuple of UUID
        Sessions in which this person sits, open to her.
    demandes : tuple of UUID
        Requests of the applicant, or of the person that an adviser acts for.
    mandat : Mandat, optional
        Of the adviser.
    origine : str
        Door, for the journal.
    """

    qui: Any
    role: str
    organismes: tuple[uuid.UUID, ...] = ()
    membre: uuid.UUID | None = None
    seances: tuple[uuid.UUID, ...] = ()
    demandes: tuple[uuid.UUID, ...] = ()
    mandat: Mandat | None = None
    origine: str = "site"


def may(role: str, objet: str, action: str) -> bool:
    """Tell whether a role without function may do an action.

    Examples
    --------
    >>> may("membre", "vote", "C"), may("demandeur", "vote", "C")
    (True, False)
    """
    return action in SANS_FONCTION.get(role, {}).get(objet, "")


def departement_of(commune: str) -> str:
    """Return the department of a commune.

    Examples
    --------
    >>> departement_of("67482"), departement_of("97411"), departement_of("2A004")
    ('67', '974', '2A')
    """
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]
