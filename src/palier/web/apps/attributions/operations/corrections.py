"""A decision that is wrong is corrected by a new one, in a new session, that cites the old."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Max

from palier.base.errors import RefusalError
from palier.engines import commission as moteur
from palier.web.apps.attributions.models import Decision, Nature, PointSeance, Seance
from palier.web.apps.attributions.operations.acces import acte, lock, move, note, refus
from palier.web.apps.attributions.operations.points import _college, _locked, count
from palier.web.apps.attributions.queries import faits
from palier.web.apps.attributions.rules import Acteur


def inscrire_rectification(*, acteur: Acteur, seance: uuid.UUID, decision: uuid.UUID) -> PointSeance:
    """Put the correction of a decision on the agenda of a session that is not called yet.

    Raises
    ------
    RefusalError
        ATR-011 the session is called; ATR-030 the decision is not taken, or corrected already.
    """
    with acte(acteur, "seance", "U", Seance, seance):
        held = lock(Seance, seance)
        old = Decision.objects.select_related("point__seance").get(pk=decision)
        if held.etat != "projet":
            raise refus(
                "ATR-011",
                "séance",
                "L'ordre du jour est parti avec la convocation.",
                "Inscrivez cette rectification à une séance qui n'est pas encore convoquée.",
                "R441-9 CCH",
            )
        if old.etat == "proposee" or Decision.objects.filter(corrige=old).exists():
            raise refus(
                "ATR-030",
                "décision",
                "Cette décision n'est pas prise, ou elle est déjà corrigée.",
                "Corrigez la dernière décision de ce candidat.",
            )
        place = (held.points.aggregate(n=Max("place"))["n"] or 0) + 1
        made = PointSeance.objects.create(
            seance=held,
            vacance_id=old.point.vacance_id,
            place=place,
            nature=Nature.RECTIFICATION,
            rectifie=old.point,
        )
        note(acteur, "seance.rectifier", "decision", old.pk, held.bailleur_id)
    return made


def proposer_rectification(
    *,
    acteur: Acteur,
    point: uuid.UUID,
    decision: uuid.UUID,
    texte: str,
    motifs: Mapping[str, Mapping[str, int | str]] | None = None,
    piece: str | None = None,
    limite: dt.date | None = None,
) -> Decision:
    """Propose what a decision should have said: its reasons, its awaited paper, its day.

    The kind of the decision and its rank stay: to change them, the home goes back before the commission.

    Raises
    ------
    RefusalError
        COM-104, COM-105 it does not cite the old one, or does not say why; COM-055.
    """
    with acte(acteur, "decision", "C", PointSeance, point):
        held, seance = _locked(point)
        old = Decision.objects.select_related("candidature", "point__seance").get(
            pk=decision, point__vacance_id=held.vacance_id
        )
        made = Decision(
            candidature=old.candidature,
            point=held,
            code=old.code,
            rang=old.rang,
            condition_piece=old.condition_piece if piece is None else piece,
            condition_limite=limite or old.condition_limite,
            motifs=old.motifs if motifs is None else {code: dict(v) for code, v in motifs.items()},
            texte=texte,
            corrige=old,
            etat="",
        )
        problems = moteur.check_correction(old.point.seance.etat, str(old.pk), faits.decision_of(made))
        if problems:
            raise RefusalError(problems)
        move("decision", made, "proposee", acteur.role, {"seance_etat": seance.etat})
        Decision.objects.filter(point=held, etat="proposee").delete()
        made.save(force_insert=True)
        note(acteur, "point.proposer", "point", held.pk, seance.bailleur_id)
    return made


def clore_rectification(*, acteur: Acteur, point: uuid.UUID, maintenant: dt.datetime) -> moteur.Cloture:
    """Close a correction: the same college, quorum and vote as any other home.

    Raises
    ------
    RefusalError
        ATR-031 nothing is proposed; every problem of the decisions with this one in place of the old.
    """
    with acte(acteur, "point", "U", PointSeance, point):
        held, seance = _locked(point)
        proposal = Decision.objects.filter(point=held, etat="proposee").select_related("candidature").first()
        if proposal is None or held.rectifie is None or seance.reglement is None:
            raise refus("ATR-031", "point", "Aucune rectification n'est proposée.", "Écrivez-la, puis votez.")
        made = _count(held, seance, proposal)
        if made.decisions:
            move("decision", proposal, "votee", "commission", {"seance_etat": seance.etat, "cloture": made})
            proposal.save()
            count(held, made, maintenant)
        else:
            held.tour += 1
            held.save(update_fields=["tour"])
        note(acteur, "point.rectifier", "point", held.pk, seance.bailleur_id)
    return made


def _count(point: PointSeance, seance: Seance, proposal: Decision) -> moteur.Cloture:
    """Count a correction on top of what was closed."""
    assert point.rectifie is not None  # the caller has seen both
    assert seance.reglement is not None
    loi, rule = faits.loi_du(seance.le), faits.reglement_of(seance.reglement)
    before = faits.cloture_of(point.rectifie)
    new = faits.decision_of(proposal)
    after = tuple(new if d.numero == new.numero else d for d in before.decisions)
    home = faits.logement_of(point.vacance)
    college = _college(point, seance)
    quorum = moteur.count_quorum(college, home, rule, loi)
    vote = moteur.count_votes(college, faits.bulletins_of(point), rule, loi) if quorum.atteint else None
    numbers = [d.numero for d in before.decisions]
    problems = moteur.check_decisions(home.id, numbers, after, point.rectifie.seance.le, loi)
    if problems:
        raise RefusalError(problems)
    adopted = vote is not None and vote.adopte
    return replace(
        before,
        le=seance.le,
        examine=quorum.atteint,
        quorum=quorum,
        vote=vote,
        decisions=after if adopted else (),
    )
