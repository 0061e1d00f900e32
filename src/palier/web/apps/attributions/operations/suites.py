"""After the session: letters, offers of the home, answers by any channel, awaited papers, appeals."""

from __future__ import annotations

import datetime as dt
import uuid

from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Canal, Candidature, Decision, Proposition, Vacance
from palier.web.apps.attributions.operations import lettres
from palier.web.apps.attributions.operations.acces import acte, lock, move, note, refus
from palier.web.apps.attributions.operations.chutes import drop_offer, end, fall, propose, save
from palier.web.apps.attributions.queries.faits import calendrier_of, cause_of, loi_du, offre_of
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.demandes.models import EvenementDemande


def notifier(*, acteur: Acteur, decision: uuid.UUID, remise_le: dt.date | None, preuve: str) -> Decision:
    """Say when a person received the letter of a decision, and start the time to appeal.

    Raises
    ------
    RefusalError
        ATR-020 no proof; those of the machine: COM-020, COM-055, COM-137.
    """
    with acte(acteur, "decision", "U", Decision, decision):
        held = lock(Decision, decision)
        seance = held.point.seance
        move(
            "decision", held, "notifiee", acteur.role, {"seance_etat": seance.etat, "notifiee_le": remise_le}
        )
        assert remise_le is not None  # the machine demands it
        if not preuve.strip():
            raise refus("ATR-020", "preuve", "La preuve de remise manque.", "Donnez sa référence.")
        loi = loi_du(remise_le)
        term = moteur.count_echeance("recours", remise_le, loi, calendrier_of(held.candidature.demande, loi))
        held.notifiee_le, held.remise = remise_le, preuve.strip()[:60]
        held.recours_limite, held.recours_ouvert_le = term.limite, term.ouvert_le
        held.save()
        note(acteur, "decision.notifier", "decision", held.pk, held.candidature.bailleur_id)
    return held


def contester(*, acteur: Acteur, decision: uuid.UUID, au: dt.date) -> Decision:
    """Receive an appeal against a decision.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-134.
    """
    with acte(acteur, "decision", "U", Decision, decision):
        held = lock(Decision, decision)
        move("decision", held, "recours", acteur.role, recours_facts(held, au))
        held.save()
        note(acteur, "decision.contester", "decision", held.pk, held.candidature.bailleur_id)
    return held


def clore_recours(*, acteur: Acteur, decision: uuid.UUID, clos_le: dt.date | None) -> Decision:
    """Say that an appeal has its answer: the decision is final, or another one has corrected it.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-136.
    """
    with acte(acteur, "decision", "U", Decision, decision):
        held = lock(Decision, decision)
        move("decision", held, "definitive", acteur.role, {"recours_clos_le": clos_le})
        held.recours_clos_le = clos_le
        held.save()
        note(acteur, "decision.clore_recours", "decision", held.pk, held.candidature.bailleur_id)
    return held


def recours_facts(decision: Decision, au: dt.date) -> dict[str, object]:
    """Return the facts of an appeal: its term runs from the notification."""
    if decision.notifiee_le is None:
        return {"au": au}
    loi = loi_du(decision.notifiee_le)
    places = calendrier_of(decision.candidature.demande, loi)
    return {"au": au, "echeance_recours": moteur.count_echeance("recours", decision.notifiee_le, loi, places)}


def envoyer_proposition(
    *,
    acteur: Acteur,
    candidature: uuid.UUID,
    envoyee_le: dt.date,
    recue_le: dt.date,
    maintenant: dt.datetime,
    jours: int | None = None,
) -> Proposition:
    """Offer the home to the candidate whose turn it is, with the days of the law or more.

    Raises
    ------
    RefusalError
        CAL-007; ATR-021 the letter arrives before it left; those of the machine: COM-020, COM-062.
    """
    with acte(acteur, "proposition", "C", Candidature, candidature) as seen:
        lock(Vacance, seen.vacance_id)
        locked = lock(Candidature, candidature)
        if recue_le < envoyee_le:
            raise refus(
                "ATR-021", "offre", "L'offre serait reçue avant d'être envoyée.", "Corrigez une date."
            )
        made = propose(
            locked,
            role=acteur.role,
            envoyee_le=envoyee_le,
            recue_le=recue_le,
            jours=jours,
            maintenant=maintenant,
        )
        note(acteur, "proposition.envoyer", "proposition", made.pk, locked.bailleur_id)
    return made


def dater_reception(*, acteur: Acteur, proposition: uuid.UUID, recue_le: dt.date) -> Proposition:
    """Say that an offer was received later than supposed: the whole delay starts again from that day.

    Raises
    ------
    RefusalError
        ATR-022 an earlier day, or an offer that does not run any more.
    """
    with acte(acteur, "proposition", "U", Proposition, proposition):
        held = lock(Proposition, proposition)
        if held.etat != "en_cours" or recue_le < held.recue_le:
            raise refus(
                "ATR-022",
                "offre",
                "La réception d'une offre ne se date que plus tard, tant qu'elle court.",
                "Le délai ne se réduit jamais.",
                "R441-10 CCH",
            )
        held.recue_le = recue_le
        offre = offre_of(held)
        held.limite, held.ouvert_le = offre.echeance.limite, offre.echeance.ouvert_le
        held.save()
        note(acteur, "proposition.dater", "proposition", held.pk, held.candidature.bailleur_id)
    return held


def repondre(
    *,
    acteur: Acteur,
    proposition: uuid.UUID,
    sens: str,
    le: dt.date,
    canal: str,
    au: dt.date,
    maintenant: dt.datetime,
    motif: str = "",
) -> Proposition | None:
    """Receive the answer to an offer, on screen, by phone, by letter or at the desk.

    Parameters
    ----------
    le : date
        Day on which it arrived; not after the present day.

    Returns
    -------
    Proposition or None
        The offer of the next rank, if a refusal calls it.

    Raises
    ------
    RefusalError
        ATR-023 channel, direction or day; those of the machines: COM-020, COM-064 to COM-066.
    """
    with acte(acteur, "proposition", "U", Proposition, proposition) as seen:
        if canal not in Canal.values or sens not in ("oui", "non") or le > au:
            raise refus(
                "ATR-023",
                "réponse",
                "Le canal, le sens ou le jour de la réponse n'est pas possible.",
                f"Canaux : {', '.join(Canal.values)} ; réponse : oui ou non ; un jour passé.",
            )
        vacance = lock(Vacance, seen.vacance_id)
        candidature = lock(Candidature, seen.candidature_id)
        held = lock(Proposition, proposition)
        number = candidature.numero_unique
        answer = moteur.Reponse(number, le, sens, acteur.role, acteur.mandat)  # type: ignore[arg-type]  # one of two
        facts = {"offre": offre_of(held), "reponse": answer}
        vers = "acceptee" if sens == "oui" else "refusee"
        move("candidature", candidature, vers, acteur.role, facts)
        save(candidature, maintenant)
        held.etat, held.reponse_le, held.canal, held.motif_refus = vers, le, canal, motif[:30]
        held.repondu_par, held.saisi_par = acteur.role, str(getattr(acteur.qui, "pk", acteur.qui))
        held.save()
        following = None
        if sens == "oui":
            move("vacance", vacance, "acceptee", acteur.role, facts)
            vacance.modifiee_le = maintenant
            vacance.save()
        else:
            refused(candidature, le)
            lettres.de_la_fin(held, maintenant)
            following = fall(vacance, candidature, role=acteur.role, au=au, maintenant=maintenant)
        note(acteur, f"proposition.{vers}.{canal}", "proposition", held.pk, candidature.bailleur_id)
    return following


def refused(candidature: Candidature, le: dt.date) -> None:
    """Add to the request the event that grids may read; nobody has said whether the home was fit."""
    EvenementDemande.objects.create(
        demande_id=candidature.demande_id, evenement_date=le, evenement_type="offre_refusee"
    )


def recevoir_piece(
    *, acteur: Acteur, candidature: uuid.UUID, le: dt.date, maintenant: dt.datetime
) -> Candidature:
    """Receive the paper that an attribution waits for; the first day it arrived is kept.

    Raises
    ------
    RefusalError
        ATR-024 no paper is awaited.
    """
    with acte(acteur, "candidature", "U", Candidature, candidature) as seen:
        lock(Vacance, seen.vacance_id)
        locked = lock(Candidature, candidature)
        waits = Decision.objects.filter(candidature=locked, code="attribution_condition")
        if not waits.exclude(etat="proposee").exists():
            raise refus("ATR-024", "pièce", "Aucune pièce n'est attendue.", "Vérifiez la décision.")
        locked.piece_recue_le = min(le, locked.piece_recue_le or le)
        save(locked, maintenant)
        note(acteur, "candidature.piece", "candidature", locked.pk, locked.bailleur_id, ["piece_recue_le"])
    return locked


def rendre_caduque(
    *, acteur: Acteur, candidature: uuid.UUID, au: dt.date, maintenant: dt.datetime
) -> Proposition | None:
    """End a candidacy whose request is removed, housed, or whose paper has not come in time.

    Nobody says the cause: it is read in the files, so a paper received on its last day keeps the home.

    Raises
    ------
    RefusalError
        Those of the machine: COM-020, COM-073.
    """
    with acte(acteur, "candidature", "U", Candidature, candidature) as seen:
        vacance = lock(Vacance, seen.vacance_id)
        locked = lock(Candidature, candidature)
        end(vacance, locked, cause=cause_of(locked, au), role=acteur.role, au=au, maintenant=maintenant)
        drop_offer(locked)
        following = fall(vacance, locked, role=acteur.role, au=au, maintenant=maintenant)
        note(acteur, "candidature.caduque", "candidature", locked.pk, locked.bailleur_id)
    return following
