"""A session before it opens: convocation, requests, règlement, undeclared links."""

from __future__ import annotations

from collections.abc import Mapping

from palier.base.calendrier import Calendrier
from palier.base.errors import Problem
from palier.engines.commission.model.reglement import Reglement
from palier.engines.commission.model.seance import Seance

_R441_9 = "R441-9 CCH"


def check_seance(seance: Seance) -> list[Problem]:
    """Return why a session may not be called.

    COM-080 convocation after the session, or too late for the règlement; COM-081
    a request filed after the session; COM-117 a way to meet that the règlement
    does not allow.
    """
    found = []
    notice = (seance.le - seance.convoquee_le).days
    if notice < max(0, seance.reglement.convocation_jours):
        asked = seance.reglement.convocation_jours
        words = f"La convocation part {notice} jours avant la séance ; le règlement en demande {asked}."
        if notice < 0:
            words = "La convocation part après la séance."
        found.append(
            Problem("COM-080", "convocation", words, "Avancez la convocation, ou reculez la séance.", _R441_9)
        )
    for dossier in seance.dossiers:
        if dossier.depot > seance.le:
            words = "La demande est déposée après la séance."
            found.append(
                Problem(
                    "COM-081",
                    dossier.numero,
                    words,
                    "Retirez ce dossier, ou corrigez une date.",
                    "L441-2-1 CCH",
                )
            )
    if seance.mode not in seance.reglement.modes:
        words = f"Le règlement ne prévoit pas de séance « {seance.mode} »."
        found.append(
            Problem("COM-117", "mode", words, "Réunissez-vous autrement, ou modifiez le règlement.", _R441_9)
        )
    return found


def warn_seance(seance: Seance, calendrier: Calendrier) -> list[Problem]:
    """Return COM-083 if the session falls on a day that nobody works: to be confirmed."""
    rest = calendrier.repos(seance.le)
    if rest is None:
        return []
    words = f"Le {seance.le.isoformat()} n'est pas un jour ouvré ({rest.replace('_', ' ')})."
    return [Problem("COM-083", "date", words, "Confirmez la date, ou changez-la.")]


def check_reglement(convoque: Reglement, actuel: Reglement) -> list[Problem]:
    """Return COM-082 if the règlement is no longer the one of the convocation."""
    if convoque.sha256 == actuel.sha256:
        return []
    words = "Le règlement a changé depuis la convocation."
    return [
        Problem("COM-082", "règlement", words, "Convoquez de nouveau, avec le règlement en vigueur.", _R441_9)
    ]


def warn_adresses(
    membres: Mapping[str, str], candidats: Mapping[str, str], declares: set[str]
) -> list[Problem]:
    """Return COM-089 for a member who lives where a candidate does, without a declared interest.

    Parameters
    ----------
    membres, candidats : mapping of str to str
        A comparable form of the address (a keyed hash: this engine needs no address), by person.
    declares : set of str
        Members who declared an interest for the home.
    """
    homes = set(candidats.values())
    words = "Ce membre a la même adresse qu'un candidat, sans intérêt déclaré."
    fix = "Demandez-lui de déclarer le lien et de sortir pour ce logement, ou de dire qu'il n'y en a pas."
    return [
        Problem("COM-089", membre, words, fix)
        for membre, adresse in sorted(membres.items())
        if adresse in homes and membre not in declares
    ]
