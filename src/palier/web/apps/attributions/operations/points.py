"""One home in a session: presences, proposal, ballots, closing; nothing here decides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from palier.base.errors import Problem, RefusalError
from palier.engines import commission as moteur
from palier.web.apps.attributions.models import (
    Bulletin,
    Candidature,
    Decision,
    EtatPoint,
    Membre,
    Nature,
    PointSeance,
    Presence,
    Seance,
    Vacance,
)
from palier.web.apps.attributions.operations.acces import acte, lock, move, note, refus
from palier.web.apps.attributions.operations.chutes import save
from palier.web.apps.attributions.queries import faits
from palier.web.apps.attributions.rules import Acteur, DroitError
from palier.web.apps.cotation.queries.scores import totals_of

NON_EXAMENS = ("quorum", "dossiers", "piece", "temps", "retrait")


@dataclass(frozen=True, slots=True)
class Choix:
    """What a person proposes for one candidate."""

    candidature: uuid.UUID
    code: str
    rang: int | None = None
    piece: str = ""
    limite: dt.date | None = None
    motifs: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    texte: str = ""


def pointer(
    *,
    acteur: Acteur,
    point: uuid.UUID,
    membre: uuid.UUID,
    maintenant: dt.datetime,
    pouvoirs: Sequence[uuid.UUID] = (),
    interet: str = "",
) -> Presence:
    """Check a member in for one home, with proxies, or an interest that makes her leave.

    Raises
    ------
    RefusalError
        ATR-012 the item is closed; those of the college: COM-114, COM-119.
    """
    with acte(acteur, "seance", "U", PointSeance, point):
        held, seance = _locked(point)
        Membre.objects.get(pk=membre, bailleur_id=seance.bailleur_id)
        made, _new = Presence.objects.update_or_create(
            point=held,
            membre_id=membre,
            defaults={"pouvoirs": list(pouvoirs), "interet": interet, "pointee_le": maintenant},
        )
        _college(held, seance)
        note(acteur, "point.pointer", "point", held.pk, seance.bailleur_id)
    return made


def _locked(point: uuid.UUID) -> tuple[PointSeance, Seance]:
    seance = lock(Seance, PointSeance.objects.get(pk=point).seance_id)
    held = lock(PointSeance, point)
    held.seance = seance
    if held.etat != EtatPoint.A_EXAMINER:
        raise refus(
            "ATR-012",
            "point",
            "Ce point est déjà traité.",
            "Une correction passe par une décision rectificative.",
            "R441-3 CCH",
        )
    return held, seance


def _college(point: PointSeance, seance: Seance) -> moteur.College:
    assert seance.reglement is not None  # a session that is called has one
    return moteur.gather_college(
        faits.membres_at(seance.bailleur_id, seance.le),
        faits.logement_of(point.vacance),
        faits.presences_of(point),
        faits.reglement_of(seance.reglement),
        faits.loi_du(seance.le),
    )


def proposer_decisions(
    *,
    acteur: Acteur,
    point: uuid.UUID,
    choix: Sequence[Choix],
    ecarts: Sequence[moteur.EcartOrdre] = (),
) -> list[Decision]:
    """Put a proposal to the vote: a decision for each candidate, written by a person, never by Palier.

    Raises
    ------
    RefusalError
        ATR-012, COM-091 a decision that is not one of the five; those of the machine: COM-055.
    """
    with acte(acteur, "decision", "C", PointSeance, point):
        held, seance = _locked(point)
        known = faits.loi_du(seance.le).codes("caleol_decisions")
        for chosen in choix:
            if chosen.code not in known:
                raise _unknown(chosen.code, known)
        Decision.objects.filter(point=held, etat="proposee").delete()
        made = [_proposed(held, seance, acteur, chosen) for chosen in choix]
        held.ecarts = [{"numero": e.numero, "code": e.code, "texte": e.texte} for e in ecarts]
        held.save(update_fields=["ecarts"])
        note(acteur, "point.proposer", "point", held.pk, seance.bailleur_id)
    return made


def _unknown(code: str, known: Sequence[str]) -> RefusalError:
    return RefusalError(
        Problem(
            "COM-091",
            "décision",
            f"« {code} » n'est pas une des cinq décisions.",
            f"Choisissez parmi : {', '.join(known)}. Pour un report, dites le point « non examiné ».",
            "R441-3 CCH",
        )
    )


def _proposed(point: PointSeance, seance: Seance, acteur: Acteur, chosen: Choix) -> Decision:
    target = Candidature.objects.get(pk=chosen.candidature, vacance_id=point.vacance_id)
    made = Decision(
        candidature=target,
        point=point,
        code=chosen.code,
        rang=chosen.rang,
        condition_piece=chosen.piece,
        condition_limite=chosen.limite,
        motifs={code: dict(values) for code, values in chosen.motifs.items()},
        texte=chosen.texte,
        etat="",
    )
    move("decision", made, "proposee", acteur.role, {"seance_etat": seance.etat})
    made.save(force_insert=True)
    return made


def ouvrir_scrutin(
    *, acteur: Acteur, point: uuid.UUID, ouvert: dt.datetime, ferme: dt.datetime
) -> PointSeance:
    """Say between which instants ballots are received, for a session at a distance or in writing."""
    with acte(acteur, "point", "U", PointSeance, point):
        held, seance = _locked(point)
        held.scrutin_ouvert, held.scrutin_ferme = ouvert, ferme
        held.save(update_fields=["scrutin_ouvert", "scrutin_ferme"])
        note(acteur, "point.scrutin", "point", held.pk, seance.bailleur_id)
    return held


def voter(
    *,
    acteur: Acteur,
    point: uuid.UUID,
    membre: uuid.UUID,
    sens: str,
    maintenant: dt.datetime,
    par: uuid.UUID | None = None,
) -> Bulletin:
    """Receive a ballot: of the member who is logged in, or of her proxy; in a room the president counts.

    Raises
    ------
    DroitError
        ATR-001, ATR-013: nobody votes for somebody else.
    RefusalError
        ATR-012, ATR-014 (a session that is not open); those of ballots: COM-110 to COM-114, COM-118, COM-121.
    """
    with acte(acteur, "vote", "C", PointSeance, point):
        held, seance = _locked(point)
        check_voter(acteur, seance, par or membre)
        ballot = moteur.Bulletin(str(membre), sens, str(par) if par else None, maintenant)  # type: ignore[arg-type]
        check_ballots(held, seance, [ballot])
        made = Bulletin.objects.create(
            point=held, membre_id=membre, par_id=par, tour=held.tour, sens=sens, recu=maintenant
        )
        note(acteur, "point.voter", "point", held.pk, seance.bailleur_id)
    return made


def check_voter(acteur: Acteur, seance: Seance, membre: uuid.UUID) -> None:
    """Refuse whoever votes in place of a member, and a session where nobody votes now (ATR-013, ATR-014)."""
    if acteur.membre != membre and not (acteur.role == "president" and seance.mode == "salle"):
        raise DroitError(
            Problem(
                "ATR-013",
                "vote",
                "On ne vote pas pour une autre personne.",
                "Chaque membre vote sous son compte ; en salle, le président compte les mains.",
            )
        )
    if seance.etat != "ouverte":
        raise refus("ATR-014", "séance", "La séance n'est pas ouverte.", "Ouvrez-la, ou reprenez-la.")


def check_ballots(point: PointSeance, seance: Seance, bulletins: Sequence[moteur.Bulletin]) -> None:
    """Refuse at once ballots that would not count beside those that are in."""
    assert seance.reglement is not None  # a session that is open has one
    for bulletin in bulletins:
        if seance.mode == "ecrite" and bulletin.par is None:  # in writing, a ballot is a presence
            defaults = {"pointee_le": bulletin.recu}
            Presence.objects.get_or_create(point=point, membre_id=bulletin.membre, defaults=defaults)
    college = _college(point, seance)
    rule, loi = faits.reglement_of(seance.reglement), faits.loi_du(seance.le)
    cast = [*faits.bulletins_of(point), *bulletins]
    moteur.count_votes(college, cast, rule, loi, faits.scrutin_of(point))


def clore_point(*, acteur: Acteur, point: uuid.UUID, maintenant: dt.datetime) -> moteur.Cloture:
    """Close a home: without quorum it is not examined; not adopted, another proposal may be voted.

    Raises
    ------
    RefusalError
        ATR-012; every problem of the item (COM-050 to COM-121); those of the machines.
    """
    with acte(acteur, "point", "U", PointSeance, point):
        held, seance = _locked(point)
        assert seance.reglement is not None  # it is called
        assert seance.convoquee_le is not None
        if held.nature == Nature.RECTIFICATION:
            raise refus(
                "ATR-015", "point", "Ce point corrige une décision.", "Fermez-le comme une rectification."
            )
        vacance = lock(Vacance, held.vacance_id)
        list(Candidature.objects.filter(vacance=vacance).select_for_update(of=("self",)).order_by("pk"))
        files = faits.presented(held)
        called = faits.seance_of(seance, seance.reglement, seance.convoquee_le, faits.dossiers_of(files))
        made = moteur.close_point(called, faits.point_of(held, files), faits.loi_du(seance.le))
        if not made.examine:
            _set_aside(held, "quorum", maintenant)
        elif not made.decisions:
            held.tour += 1
            held.save(update_fields=["tour"])
        else:
            _write(held, seance, vacance, files, made, maintenant)
        verb = "clore" if made.decisions else ("rejeter" if made.examine else "non_examiner.quorum")
        note(acteur, f"point.{verb}", "point", held.pk, seance.bailleur_id)
    return made


def _write(
    point: PointSeance,
    seance: Seance,
    vacance: Vacance,
    files: Sequence[Candidature],
    made: moteur.Cloture,
    maintenant: dt.datetime,
) -> None:
    facts: dict[str, object] = {"seance_etat": seance.etat, "cloture": made, "dossiers": made.dossiers}
    decided = {d.numero: d for d in made.decisions}
    totals = totals_of([candidature.demande_id for candidature in files])
    for candidature in files:
        found = decided.get(candidature.numero_unique)
        if found is None:
            continue  # withdrawn, expired: it was not examined
        move("candidature", candidature, "examinee", "commission", facts)
        own = {**facts, "numero": found.numero, "vers": found.code}
        move("candidature", candidature, found.code, "commission", own)
        candidature.rang = found.rang or (1 if found.favorable else None)
        candidature.total = totals.get(candidature.demande_id)
        save(candidature, maintenant)
    for decision in Decision.objects.filter(point=point, etat="proposee"):
        move("decision", decision, "votee", "commission", facts)
        decision.save()
    move("vacance", vacance, "attribuee" if made.attributaires else "qualifiee", "commission", facts)
    vacance.modifiee_le = maintenant
    vacance.save()
    if not made.attributaires:
        vacance.orientations.filter(en_cours=True).update(en_cours=False)
    count(point, made, maintenant)


def count(point: PointSeance, made: moteur.Cloture, maintenant: dt.datetime) -> None:
    """Write what a closing counted."""
    quorum, files, vote = made.quorum, made.dossiers, made.vote
    point.quorum_base, point.quorum_comptes = quorum.base, quorum.comptes
    point.quorum_requis, point.quorum_effectif = quorum.requis, quorum.effectif
    point.dossiers_n, point.dossiers_requis = files.n, files.requis
    point.exception = files.exception or ""
    if vote is not None:
        point.oui, point.non, point.abstentions = vote.oui, vote.non, vote.abstentions
        point.departage = vote.departage or ""
        point.participants, point.participants_requis = vote.participants, vote.requis
    point.etat, point.clos_le = EtatPoint.CLOS, maintenant
    point.save()


def _set_aside(point: PointSeance, motif: str, maintenant: dt.datetime) -> None:
    Decision.objects.filter(point=point, etat="proposee").delete()
    point.etat, point.motif_non_examen, point.clos_le = EtatPoint.NON_EXAMINE, motif, maintenant
    point.save()


def non_examiner(*, acteur: Acteur, point: uuid.UUID, motif: str, maintenant: dt.datetime) -> PointSeance:
    """Say that a home is not examined: it comes back to a later session, and it is counted.

    Raises
    ------
    RefusalError
        ATR-012, ATR-016 (no such reason).
    """
    with acte(acteur, "point", "U", PointSeance, point):
        held, seance = _locked(point)
        if motif not in NON_EXAMENS:
            raise refus(
                "ATR-016",
                "point",
                "Ce n'est pas un motif de non-examen.",
                f"Choisissez parmi : {', '.join(NON_EXAMENS)}.",
            )
        _set_aside(held, motif, maintenant)
        note(acteur, f"point.non_examiner.{motif}", "point", held.pk, seance.bailleur_id)
    return held
