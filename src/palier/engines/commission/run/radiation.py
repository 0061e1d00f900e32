"""Removal of a request from the register: five reasons and no other, with their clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from palier.base.calendrier import Calendrier, Echeance
from palier.base.errors import Problem, RefusalError
from palier.engines.commission.model.dossier import Dossier
from palier.engines.commission.run.echeances import count_echeance
from palier.law.registre import LoiAu

_R441_2_8 = "R441-2-8 CCH"


@dataclass(frozen=True, slots=True)
class Preuves:
    """What is known of a request that may be removed; all are days.

    Parameters
    ----------
    bail_le : date, optional
        A lease signed, here or elsewhere.
    ecrit_le : date, optional
        A written waiver.
    decision_le : date, optional
        A rejection for inadmissibility.
    avertissement_recu_le : date, optional
        Proven receipt of the warning.
    reponse_le : date, optional
        An answer to the warning.
    avis_le : date, optional
        The notice before the request expires.
    """

    bail_le: dt.date | None = None
    ecrit_le: dt.date | None = None
    decision_le: dt.date | None = None
    avertissement_recu_le: dt.date | None = None
    reponse_le: dt.date | None = None
    avis_le: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Radiation:
    """A removal that the law allows.

    Parameters
    ----------
    motif : str
        A code of ``radiation_motifs``; a lease replaces any other.
    depuis : date
        First day on which it could be done.
    demande : str
        The reason that was asked.
    echeance : Echeance, optional
        The month after the warning.
    """

    motif: str
    depuis: dt.date
    demande: str
    echeance: Echeance | None = None


def check_radiation(
    motif: str, dossier: Dossier, preuves: Preuves, au: dt.date, loi: LoiAu, calendrier: Calendrier
) -> Radiation:
    """Tell whether a request may be removed on a day, and for which reason.

    Raises
    ------
    RefusalError
        COM-130 a reason outside the five, COM-131 a proof that is missing,
        COM-132 too early.

    References
    ----------
    R441-2-8 CCH.
    """
    known = loi.get("radiation_motifs").details
    where = f"demande {dossier.numero}"
    if motif not in known:
        fix = f"Choisissez parmi : {', '.join(known)}."
        raise RefusalError(
            Problem(
                "COM-130", where, f"« {motif} » n'est pas un des cinq motifs de radiation.", fix, _R441_2_8
            )
        )
    if preuves.bail_le is not None and preuves.bail_le <= au:
        return Radiation("attribution", preuves.bail_le, motif)
    problems = list(_missing(motif, preuves, where, known[motif].get("preuve", "").split()))
    if problems:
        raise RefusalError(problems)
    made = replace(_made(motif, dossier, preuves, loi, calendrier), demande=motif)
    if au < made.depuis:
        words = f"La radiation n'est possible qu'à partir du {made.depuis.isoformat()}."
        raise RefusalError(
            Problem(
                "COM-132", where, words, "Attendez ce jour : la personne peut encore répondre.", _R441_2_8
            )
        )
    return made


_PREUVES = {
    "bail": ("bail_le", "un bail signé"),
    "ecrit": ("ecrit_le", "un renoncement écrit"),
    "decision": ("decision_le", "la décision d'irrecevabilité"),
    "avertissement": ("avertissement_recu_le", "la preuve de réception de l'avertissement"),
    "avis": ("avis_le", "l'avis envoyé avant l'expiration"),
}


def _missing(motif: str, preuves: Preuves, where: str, asked: list[str]) -> Iterator[Problem]:
    for name in asked:
        field, words = _PREUVES[name]
        if getattr(preuves, field) is None:
            yield Problem(
                "COM-131", where, f"Il manque {words}.", "Joignez cette preuve, avec sa date.", _R441_2_8
            )
    if motif == "contact_impossible" and preuves.reponse_le is not None:
        yield Problem("COM-131", where, "La personne a répondu.", "Ne radiez pas la demande.", _R441_2_8)


def _made(motif: str, dossier: Dossier, preuves: Preuves, loi: LoiAu, calendrier: Calendrier) -> Radiation:
    day = preuves.bail_le if motif == "attribution" else preuves.ecrit_le
    if motif in ("attribution", "renoncement") and day is not None:
        return Radiation(motif, day, motif)
    if motif == "non_renouvellement":
        return Radiation(motif, dossier.expire_le(loi) + dt.timedelta(days=1), motif)
    assert preuves.avertissement_recu_le is not None
    echeance = count_echeance("radiation", preuves.avertissement_recu_le, loi, calendrier)
    return Radiation(motif, echeance.ouvert_le, motif, echeance)
