"""Who sits, for which homes, and what they did: members, presences, ballots, the session."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from palier.engines.commission.model.dossier import Dossier
from palier.engines.commission.model.reglement import Mode, Reglement

Sens = Literal["oui", "non", "abstention"]
SENS: tuple[Sens, ...] = ("oui", "non", "abstention")


@dataclass(frozen=True, slots=True)
class Membre:
    """One person of the commission.

    Parameters
    ----------
    id : str
        Pseudonymous identifier.
    qualite : str
        A code of ``caleol_membres``: ``organisme``, ``maire``, ``prefet``, ...
    lieu : str, optional
        Whose: commune of a mayor, SIREN of an EPCI, of a réservataire or of a
        mandating body, department. None for those of the body.
    president : bool
        Presides; elected among the six.
    """

    id: str
    qualite: str
    lieu: str | None = None
    president: bool = False


@dataclass(frozen=True, slots=True)
class Logement:
    """What makes the college of a home, and its exception to three files.

    Parameters
    ----------
    id : str
        The home.
    commune, departement : str
        INSEE codes.
    epci, mandant, reservataire : str, optional
        SIREN of the EPCI that has a vote, of the body that had the home managed,
        of the réservataire it is oriented to.
    d331_25_1 : bool
        Built with the grant of article D331-25-1.
    """

    id: str
    commune: str
    departement: str
    epci: str | None = None
    mandant: str | None = None
    reservataire: str | None = None
    d331_25_1: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """A member checked in for one home.

    Parameters
    ----------
    membre : str
        Who.
    pouvoir_de : tuple of str
        Members that this person represents.
    interet : str, optional
        A declared link with a candidate, a code of ``caleol_interets``: the
        person leaves for this home.
    """

    membre: str
    pouvoir_de: tuple[str, ...] = ()
    interet: str | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A vote on the proposal for one home; ``par``: the holder of the proxy who cast it."""

    membre: str
    sens: Sens
    par: str | None = None
    recu: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Scrutin:
    """When the ballot of a home was open, both in UTC."""

    ouvert: dt.datetime
    ferme: dt.datetime


@dataclass(frozen=True, slots=True)
class Seance:
    """A session as it was called.

    Parameters
    ----------
    le : date
        Its day.
    convoquee_le : date
        When the convocation left.
    mode : {"salle", "distance", "ecrite"}
        How it meets.
    reglement : Reglement
        The règlement at the convocation.
    dossiers : tuple of Dossier
        Every file of its agenda.
    reunion_demandee : bool
        Written session: a member asked to meet.
    """

    le: dt.date
    convoquee_le: dt.date
    mode: Mode
    reglement: Reglement
    dossiers: tuple[Dossier, ...] = ()
    reunion_demandee: bool = False
