"""The public extract of minutes: what may be told of a session without telling of a household.

A neighbour knows which home was let, its size and its commune, and sees who moves in. So a home is told by
size and commune only, and only where its landlord has enough such homes; for each home, nothing that bears on
a candidate: no count of files, no reason, no vote, not which exception. What bears on candidates is counted
over the session, and only in groups that reach the threshold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from palier.engines.secret import is_publishable, mask
from palier.web.apps.public.rules.dit import tell, tell_sets

VERSION = "extrait/1"


@dataclass(frozen=True, slots=True)
class PointLu:
    """A home of a session as it was decided.

    Parameters
    ----------
    commune, typologie, financement : str
        Of the home.
    semblables : int
        Homes of its landlord of that size in that commune; ``voisins``: in that commune.
    etat, motif : str
        State of the item; why it was not examined.
    attribue : bool
        Somebody was given the home, or a rank for it.
    quorum : tuple of int
        Counted, required.
    exception : str
        To the rule of three.
    votes : tuple of int
        Yes, no, abstentions.
    decisions, ecarts : tuple of str
        Code of the decision of each file; codes of the departures from the order.
    """

    commune: str
    typologie: str
    financement: str
    semblables: int
    voisins: int
    etat: str
    motif: str
    attribue: bool
    quorum: tuple[int | None, int | None]
    exception: str
    votes: tuple[int, int, int]
    decisions: tuple[str, ...]
    ecarts: tuple[str, ...]
    rectifie: bool = False


def extract(
    *, numero: int, seance: int, le: dt.date, mode: str, reglement: str, points: Sequence[PointLu]
) -> dict[str, Any]:
    """Return the extract of a session, ready to be hashed.

    Parameters
    ----------
    numero, seance : int
        Number of the minutes, of the session.
    reglement : str
        Hash of the règlement that applied.
    points : sequence of PointLu
        In the order of the agenda.
    """
    closed = [point for point in points if point.etat == "clos"]
    examined = [point for point in closed if not point.rectifie]
    return {
        "version": VERSION,
        "numero": numero,
        "seance": seance,
        "date": le.isoformat(),
        "mode": mode,
        "reglement": reglement,
        "logements": [_home(point) for point in points],
        "financements": tell(point.financement for point in examined),
        "decisions": tell(code for point in closed for code in point.decisions),
        "exceptions": tell(point.exception for point in examined),
        "ecarts": tell_sets(point.ecarts for point in examined),
        "votes": _votes(examined),
    }


def _home(point: PointLu) -> dict[str, Any]:
    counted, required = point.quorum
    return {
        "commune": point.commune if is_publishable(point.voisins) else None,
        "typologie": point.typologie if is_publishable(point.semblables) else None,
        "issue": _issue(point),
        "motif": point.motif,
        "quorum": None if required is None else [counted, required],
        "trois_dossiers": None if point.etat != "clos" or point.rectifie else not point.exception,
    }


def _issue(point: PointLu) -> str:
    if point.etat != "clos":
        return "non_examine"
    if point.rectifie:
        return "rectifie"
    return "attribue" if point.attribue else "sans_attribution"


def _votes(examined: Sequence[PointLu]) -> Mapping[str, int] | None:
    """Sum the ballots; over a few homes they would tell how one household was judged."""
    if mask(len(examined)) is None:
        return None
    return {
        sens: sum(point.votes[place] for point in examined)
        for place, sens in enumerate(("oui", "non", "abstentions"))
    }
