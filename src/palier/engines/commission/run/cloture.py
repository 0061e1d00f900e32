"""One home of a session, from the files to the decisions: what may be closed, and what not."""

from __future__ import annotations

from dataclasses import dataclass

from palier.base.errors import Problem, RefusalError
from palier.engines.commission.checks import check_decisions, check_dossiers, check_ordre, warn_motifs
from palier.engines.commission.model.decision import Decision, EcartOrdre
from palier.engines.commission.model.dossier import Dossier, RechercheConsignee
from palier.engines.commission.model.resultats import Cloture, College, Depouillement, Quorum
from palier.engines.commission.model.seance import Bulletin, Logement, Membre, Presence, Scrutin, Seance
from palier.engines.commission.run.college import count_quorum, gather_college
from palier.engines.commission.run.vote import check_bulletins, check_participation, count_votes
from palier.law.registre import LoiAu


@dataclass(frozen=True, slots=True)
class Point:
    """One home on the agenda, with everything that was done for it.

    Parameters
    ----------
    logement : Logement
        The home.
    dossiers : tuple of Dossier
        The files proposed; those that still live are the candidates.
    membres : tuple of Membre
        The whole commission.
    presences : tuple of Presence
        For this home; in a written session a ballot is a presence.
    decisions : tuple of Decision
        The proposal put to the vote.
    bulletins : tuple of Bulletin
        The ballots.
    ordre : tuple of str
        Candidates by the computed order, best first; empty if none was computed.
    ecarts : tuple of EcartOrdre
        Reasons of the departures from it.
    recherche : RechercheConsignee, optional
        Behind an exception ``INSUFFISANCE``.
    scrutin : Scrutin, optional
        When the ballot was open.
    """

    logement: Logement
    dossiers: tuple[Dossier, ...]
    membres: tuple[Membre, ...]
    presences: tuple[Presence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
    ordre: tuple[str, ...] = ()
    ecarts: tuple[EcartOrdre, ...] = ()
    recherche: RechercheConsignee | None = None
    scrutin: Scrutin | None = None


def preview_point(seance: Seance, point: Point, loi: LoiAu) -> Cloture:
    """Tell what closing a home would give, and everything that prevents it.

    Returns
    -------
    Cloture
        ``examine`` False without quorum: nothing else is looked at, the item comes
        back. Else ``problemes`` is everything that is wrong with the files, the
        ballots, the decisions and the order, and ``decisions`` is empty unless the
        proposal is adopted without a problem.

    Raises
    ------
    RefusalError
        Those of :func:`gather_college`: nobody can be counted.
    """
    reglement = seance.reglement
    college = gather_college(point.membres, point.logement, _presences(seance, point), reglement, loi)
    quorum = count_quorum(college, point.logement, reglement, loi)
    dossiers = check_dossiers(point.logement, point.dossiers, seance.le, loi, point.recherche)
    if not quorum.atteint:
        return Cloture(point.logement.id, seance.le, False, quorum, dossiers, None, ())
    candidats = dossiers.vivants
    problems = [*dossiers.problemes, *check_bulletins(college, point.bulletins, point.scrutin)]
    problems += check_decisions(point.logement.id, candidats, point.decisions, seance.le, loi)
    problems += check_ordre([n for n in point.ordre if n in candidats], point.decisions, point.ecarts, loi)
    vote = (
        None if any(p.code in _BULLETINS for p in problems) else _count(seance, point, college, quorum, loi)
    )
    if vote is not None and not vote.valide:
        words = f"{vote.participants} membres ont participé à la séance écrite, il en faut {vote.requis}."
        problems.append(
            Problem(
                "COM-116", point.logement.id, words, "Réunissez la commission.", "ordonnance n° 2014-1329"
            )
        )
    if seance.mode == "ecrite" and seance.reunion_demandee and reglement.reunion_sur_demande:
        words = "Un membre a demandé une réunion : le règlement y fait droit."
        problems.append(
            Problem("COM-122", point.logement.id, words, "Réunissez la commission.", "R441-9 CCH")
        )
    adopted = vote is not None and vote.adopte and not problems
    warnings = [p for d in point.decisions for p in warn_motifs(d, loi)]
    ranked = sorted(point.decisions, key=lambda d: (not d.favorable, d.rang or 0))
    return Cloture(
        point.logement.id,
        seance.le,
        True,
        quorum,
        dossiers,
        vote,
        tuple(ranked) if adopted else (),
        point.ecarts,
        tuple(problems),
        tuple(warnings),
    )


_BULLETINS = {"COM-110", "COM-111", "COM-112", "COM-113", "COM-114", "COM-118", "COM-121"}


def close_point(seance: Seance, point: Point, loi: LoiAu) -> Cloture:
    """Close a home: :func:`preview_point`, but what is wrong raises.

    A proposal that is not adopted closes nothing: ``decisions`` is empty, another
    may be voted.

    Raises
    ------
    RefusalError
        Every problem of the item (exit code 15).
    """
    made = preview_point(seance, point, loi)
    if made.problemes:
        raise RefusalError(made.problemes)
    return made


def _presences(seance: Seance, point: Point) -> list[Presence]:
    known = {p.membre for p in point.presences}
    cast = dict.fromkeys(b.membre for b in point.bulletins if b.par is None)
    written = [Presence(m) for m in cast if m not in known] if seance.mode == "ecrite" else []
    return [*point.presences, *written]


def _count(seance: Seance, point: Point, college: College, quorum: Quorum, loi: LoiAu) -> Depouillement:
    vote = count_votes(college, point.bulletins, seance.reglement, loi, point.scrutin)
    if seance.mode != "ecrite":
        return vote
    seats = int(loi.nombre("caleol_membres_organisme")) + 2
    seats += (point.logement.epci is not None) + (point.logement.mandant is not None)
    return check_participation(vote, point.bulletins, quorum, seats, loi)
