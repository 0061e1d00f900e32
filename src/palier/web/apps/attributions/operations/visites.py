"""Visits of a home by appointment: a time proposed to a candidate, accepted, cancelled.

A visit changes nothing to the candidacy: a missed one is no refusal.
"""

from __future__ import annotations

import datetime as dt
import uuid

from palier.web.apps.attributions.models import Candidature, EtatVisite, Visite
from palier.web.apps.attributions.operations.acces import acte, lock, note, refus
from palier.web.apps.attributions.queries.faits import VIVANTES
from palier.web.apps.attributions.rules import Acteur


def proposer_visite(
    *,
    acteur: Acteur,
    candidature: uuid.UUID,
    debut: dt.datetime,
    duree_minutes: int,
    rendez_vous: str,
    maintenant: dt.datetime,
) -> Visite:
    """Propose a time to a live candidate.

    Raises
    ------
    RefusalError
        ATR-080 in the past, or of an impossible length; ATR-081 one is proposed already; ATR-082 the
        candidacy is over.
    """
    with acte(acteur, "visite", "C", Candidature, candidature):
        held = lock(Candidature, candidature)
        if held.etat not in VIVANTES:
            raise refus(
                "ATR-082", "visite", "Cette candidature est finie.", "Proposez la visite à un autre candidat."
            )
        if debut <= maintenant or not 5 <= duree_minutes <= 240:
            raise refus(
                "ATR-080",
                "visite",
                "La visite est dans le passé, ou sa durée est hors de 5 à 240 minutes.",
                "Corrigez le jour, l'heure ou la durée.",
            )
        if (
            Visite.objects.filter(candidature=held)
            .exclude(etat=EtatVisite.ANNULEE)
            .filter(debut__gt=maintenant)
            .exists()
        ):
            raise refus(
                "ATR-081",
                "visite",
                "Une visite est déjà proposée à ce candidat.",
                "Annulez-la avant d'en proposer une autre.",
            )
        Visite.objects.filter(candidature=held).exclude(etat=EtatVisite.ANNULEE).update(
            etat=EtatVisite.ANNULEE, repondue_le=maintenant
        )  # one that is past leaves its place
        made = Visite.objects.create(
            candidature=held,
            debut=debut,
            duree_minutes=duree_minutes,
            rendez_vous=rendez_vous[:120],
            proposee_le=maintenant,
        )
        note(acteur, "visite.proposer", "visite", made.pk, held.bailleur_id)
    return made


def accepter_visite(*, acteur: Acteur, visite: uuid.UUID, maintenant: dt.datetime) -> Visite:
    """Say that the candidate comes, by herself or by the agent who had her on the phone.

    Raises
    ------
    RefusalError
        ATR-083 it is answered, or past.
    """
    return _answer(acteur, visite, EtatVisite.ACCEPTEE, (EtatVisite.PROPOSEE,), maintenant)


def annuler_visite(*, acteur: Acteur, visite: uuid.UUID, maintenant: dt.datetime) -> Visite:
    """Cancel an appointment, from either side.

    Raises
    ------
    RefusalError
        ATR-083 it is cancelled, or past.
    """
    return _answer(acteur, visite, EtatVisite.ANNULEE, (EtatVisite.PROPOSEE, EtatVisite.ACCEPTEE), maintenant)


def _answer(
    acteur: Acteur, visite: uuid.UUID, etat: str, depuis: tuple[str, ...], maintenant: dt.datetime
) -> Visite:
    with acte(acteur, "visite", "U", Visite, visite):
        held = lock(Visite, visite)
        if held.etat not in depuis or held.debut <= maintenant:
            raise refus(
                "ATR-083",
                "visite",
                "Cette visite est passée, ou a déjà sa réponse.",
                "Proposez-en une autre.",
            )
        held.etat, held.repondue_le = etat, maintenant
        held.save(update_fields=["etat", "repondue_le"])
        note(acteur, f"visite.{etat}", "visite", held.pk, held.candidature.bailleur_id)
    return held
