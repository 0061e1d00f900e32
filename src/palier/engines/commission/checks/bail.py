"""Answers to an offer, and the lease that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from palier.base.calendrier import check_duree_min
from palier.base.errors import PalierError, Problem
from palier.engines.commission.model.decision import Bail, Decision, Offre, Reponse
from palier.engines.commission.model.resultats import Cloture

_R441_10 = "R441-10 CCH"
PORTEE_REPONSE = "repondre_offre"


def check_offre(offre: Offre) -> Iterator[Problem]:
    """Yield why an offer is void: CAL-007 too short, COM-063 counted from another day."""
    try:
        check_duree_min(offre.echeance.delai.duree, offre.minimum)
    except PalierError as error:
        yield from error.problems
    if offre.echeance.depart != offre.recue_le:
        words = "Le délai ne part pas du jour où l'offre a été reçue."
        yield Problem("COM-063", f"offre {offre.numero}", words, "Comptez-le depuis la réception.", _R441_10)


def check_reponse(offre: Offre, reponse: Reponse) -> Iterator[Problem]:
    """Yield why an answer does not count.

    COM-064 before the offer, after its last day, or of another number; COM-065
    an adviser whose mandate does not allow it, has ended, or is missing.
    """
    where = f"offre {offre.numero}"
    if reponse.numero != offre.numero:
        yield Problem(
            "COM-064",
            where,
            "La réponse est celle d'une autre demande.",
            "Vérifiez le numéro unique.",
            _R441_10,
        )
    if not offre.recue_le <= reponse.le <= offre.echeance.limite:
        words = (
            f"La réponse est du {reponse.le.isoformat()} ; l'offre vaut du {offre.recue_le.isoformat()} "
            f"au {offre.echeance.limite.isoformat()} inclus."
        )
        yield Problem("COM-064", where, words, "Passé ce jour, le silence vaut refus.", _R441_10)
    if reponse.role == "accompagnant":
        mandat = reponse.mandat
        lives = (
            mandat is not None
            and reponse.le <= mandat.fin
            and (mandat.revoque_le is None or reponse.le < mandat.revoque_le)
        )
        if not lives or mandat is None or PORTEE_REPONSE not in mandat.portees:
            words = "L'accompagnant n'a pas de mandat en cours qui permette de répondre à une offre."
            yield Problem("COM-065", where, words, "Faites répondre la personne, ou étendez le mandat.")


def check_condition(decision: Decision, piece_recue_le: dt.date | None) -> Iterator[Problem]:
    """Yield COM-070 if a condition was not met by its last day, that day included."""
    if decision.condition is None:
        return
    if piece_recue_le is None or piece_recue_le > decision.condition.limite:
        last = decision.condition.limite.isoformat()
        words = f"La pièce attendue au plus tard le {last} n'est pas arrivée à temps."
        yield Problem(
            "COM-070",
            f"décision {decision.numero}",
            words,
            "L'attribution tombe ; passez au rang suivant.",
            "R441-3 CCH",
        )


def bail_du(decision: Decision, piece_recue_le: dt.date | None) -> bool:
    """Tell whether the lease is due: a paper received on the last day binds the landlord."""
    return decision.favorable and not list(check_condition(decision, piece_recue_le))


def check_bail(cloture: Cloture, reponse: Reponse | None, bail: Bail) -> Iterator[Problem]:
    """Yield COM-072 for a lease before the decision or the acceptance, or to another number."""
    where = f"bail {bail.numero}"
    decision = cloture.decision(bail.numero)
    if decision is None or not decision.favorable:
        yield Problem(
            "COM-072",
            where,
            "Aucune attribution n'a été décidée pour ce numéro.",
            "Vérifiez le numéro unique.",
            "R441-3 CCH",
        )
    if bail.signe_le < cloture.le:
        yield Problem(
            "COM-072",
            where,
            "Le bail est signé avant la décision.",
            "Corrigez la date, ou annulez ce bail.",
            "R441-3 CCH",
        )
    if reponse is None or reponse.sens != "oui" or reponse.numero != bail.numero:
        yield Problem(
            "COM-072", where, "Ce candidat n'a pas accepté l'offre.", "Recueillez son acceptation.", _R441_10
        )
    elif bail.signe_le < reponse.le:
        yield Problem(
            "COM-072", where, "Le bail est signé avant l'acceptation.", "Corrigez une date.", _R441_10
        )
