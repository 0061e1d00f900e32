"""The count of a ballot: who may vote, more yes than no, ties, written sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from palier.base.errors import Problem, RefusalError
from palier.engines.commission.model.reglement import Reglement, RegleQuorum
from palier.engines.commission.model.resultats import College, Depouillement, Quorum
from palier.engines.commission.model.seance import SENS, Bulletin, Scrutin
from palier.law.registre import LoiAu

_L441_2, _R441_9 = "L441-2 CCH", "R441-9 CCH"


def count_votes(
    college: College,
    bulletins: Sequence[Bulletin],
    reglement: Reglement,
    loi: LoiAu,
    scrutin: Scrutin | None = None,
) -> Depouillement:
    """Count the ballots cast for one home.

    Adopted with more yes than no. On a tie the mayor's vote settles if the mayor
    is there in person and voted; else the president's, if the règlement says so;
    else the proposal is not adopted.

    Parameters
    ----------
    college : College
        Who may vote.
    bulletins : sequence of Bulletin
        One per voter.
    reglement : Reglement
        The president's casting vote.
    loi : LoiAu
        Whose vote settles a tie.
    scrutin : Scrutin, optional
        When the ballot was open; each ballot must then be dated.

    Raises
    ------
    RefusalError
        Those of :func:`check_bulletins`, all at once.
    """
    problems = list(check_bulletins(college, bulletins, scrutin))
    if problems:
        raise RefusalError(problems)
    counted = Counter(b.sens for b in bulletins)
    vote = Depouillement(
        counted["oui"], counted["non"], counted["abstention"], counted["oui"] > counted["non"]
    )
    if vote.oui != vote.non or not vote.oui:
        return vote
    return _settle(vote, college, bulletins, reglement, loi)


def check_bulletins(
    college: College, bulletins: Sequence[Bulletin], scrutin: Scrutin | None = None
) -> Iterator[Problem]:
    """Yield the ballots that cannot count.

    COM-110 no vote for this home (a consultative voice, the mayor of another
    commune), COM-111 absent, COM-112 left for an interest, COM-113 two ballots,
    COM-114 proxy, COM-118 outside the opening of the ballot, COM-121 no such vote.
    """
    voters, gone = {m.id for m in college.membres}, {membre for membre, _ in college.sortis}
    proxies = dict(college.representes)
    for membre, times in Counter(b.membre for b in bulletins).items():
        if times > 1:
            yield _problem(
                "COM-113", membre, "Deux bulletins pour une personne.", "Gardez le premier.", _L441_2
            )
    for b in bulletins:
        if b.sens not in SENS:
            yield _problem(
                "COM-121",
                b.membre,
                f"« {b.sens} » n'est pas un vote.",
                f"Choisissez : {', '.join(SENS)}.",
                _L441_2,
            )
        if b.membre not in voters:
            words = "Cette personne n'a pas voix délibérative pour ce logement."
            yield _problem(
                "COM-110", b.membre, words, "Écrivez son avis au procès-verbal, sans bulletin.", _L441_2
            )
        elif b.membre in gone:
            words = "Cette personne a déclaré un intérêt et sort pour ce logement."
            yield _problem("COM-112", b.membre, words, "Retirez son bulletin.", _L441_2)
        else:
            yield from _presence(b, college.presents, proxies)
        if scrutin is not None and (b.recu is None or not scrutin.ouvert <= b.recu < scrutin.ferme):
            words = "Ce bulletin n'est pas arrivé pendant l'ouverture du vote."
            yield _problem("COM-118", b.membre, words, "Rouvrez le vote, ou comptez sans lui.", _R441_9)


def _presence(b: Bulletin, presents: Sequence[str], proxies: Mapping[str, str]) -> Iterator[Problem]:
    if b.par is not None:
        if proxies.get(b.membre) != b.par:
            words = "Ce bulletin est donné par une personne qui n'a pas ce pouvoir."
            yield _problem("COM-114", b.membre, words, "Retirez-le, ou enregistrez le pouvoir.", _R441_9)
    elif b.membre in proxies:
        words = "Cette personne a donné pouvoir et vote elle-même."
        yield _problem("COM-114", b.membre, words, "Retirez le pouvoir, ou ce bulletin.", _R441_9)
    elif b.membre not in presents:
        yield _problem(
            "COM-111",
            b.membre,
            "Cette personne est absente pour ce logement.",
            "Retirez son bulletin.",
            _L441_2,
        )


def _settle(
    vote: Depouillement, college: College, bulletins: Sequence[Bulletin], reglement: Reglement, loi: LoiAu
) -> Depouillement:
    rules = loi.get("caleol_membres").details
    own = {b.membre: b.sens for b in bulletins if b.par is None and b.sens != "abstention"}
    for m in college.membres:
        if rules[m.qualite].get("departage") == "oui" and m.id in own:
            return replace(vote, adopte=own[m.id] == "oui", departage="maire")
    for m in college.membres:
        if m.president and reglement.voix_president and m.id in own:
            return replace(vote, adopte=own[m.id] == "oui", departage="president")
    return replace(vote, departage="aucun")


def check_participation(
    vote: Depouillement, bulletins: Sequence[Bulletin], quorum: Quorum, effectif: int, loi: LoiAu
) -> Depouillement:
    """Add what a written session needs: half of the members took part, not one less.

    Parameters
    ----------
    vote : Depouillement
        The count; an abstention takes part, silence does not.
    bulletins : sequence of Bulletin
        Those received.
    quorum : Quorum
        Counted for the same home.
    effectif : int
        Seats of the college.
    loi : LoiAu
        Gives the share.

    Returns
    -------
    Depouillement
        With ``participants`` and ``requis``; not adopted if too few took part.
    """
    share = RegleQuorum("college", part=loi.get("caleol_ecrit_part_min").valeur)  # type: ignore[arg-type]
    made = replace(vote, participants=len({b.membre for b in bulletins}), requis=share.requis(effectif))
    return replace(made, adopte=made.adopte and made.valide and quorum.atteint)


def _problem(code: str, membre: str, constat: str, que_faire: str, reference: str) -> Problem:
    return Problem(code, f"vote de {membre}", constat, que_faire, reference)
