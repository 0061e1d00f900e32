"""Who may vote for a home, who is there, and whether it may be examined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from palier.base.errors import Problem, RefusalError
from palier.engines.commission.model.reglement import Reglement
from palier.engines.commission.model.resultats import College, Quorum
from palier.engines.commission.model.seance import Logement, Membre, Presence
from palier.law.registre import LoiAu

_L441_2, _R441_9 = "L441-2 CCH", "R441-9 CCH"
DELIBERATIVE = "deliberative"


def siege(membre: Membre, logement: Logement, loi: LoiAu) -> bool:
    """Tell whether a person sits for a home: the mayor of A does for the homes of A only.

    Raises
    ------
    RefusalError
        COM-115 for a quality that the law does not know.
    """
    scope = _regle(membre, loi).get("portee")
    return scope == "organisme" or membre.lieu == getattr(logement, str(scope))


def is_deliberatif(membre: Membre, loi: LoiAu) -> bool:
    """Tell whether a person votes, or only gives an opinion."""
    return _regle(membre, loi).get("voix") == DELIBERATIVE


def _regle(membre: Membre, loi: LoiAu) -> Mapping[str, str]:
    rules = loi.get("caleol_membres").details
    if membre.qualite not in rules:
        raise RefusalError(
            Problem(
                "COM-115",
                membre.id,
                f"« {membre.qualite} » n'est pas une qualité de membre.",
                f"Choisissez parmi : {', '.join(rules)}.",
                _L441_2,
            )
        )
    return rules[membre.qualite]


def check_membres(membres: Sequence[Membre], loi: LoiAu) -> list[Problem]:
    """Return what is wrong with the composition of a commission (COM-115, COM-120)."""
    known = loi.get("caleol_membres").details
    limit = int(loi.nombre("caleol_membres_organisme"))
    found = [
        Problem(
            "COM-115",
            m.id,
            f"« {m.qualite} » n'est pas une qualité de membre.",
            f"Choisissez parmi : {', '.join(known)}.",
            _L441_2,
        )
        for m in membres
        if m.qualite not in known
    ]
    named = sum(m.qualite == "organisme" for m in membres)
    if named > limit:
        found.append(
            Problem(
                "COM-120",
                "commission",
                f"{named} membres désignés par l'organisme, il en faut {limit}.",
                "Retirez ceux dont le mandat a pris fin.",
                _L441_2,
            )
        )
    presidents = [m for m in membres if m.president]
    if len(presidents) > 1 or any(m.qualite != "organisme" for m in presidents):
        found.append(
            Problem(
                "COM-120",
                "commission",
                "Le président est un seul des membres désignés par l'organisme.",
                "Corrigez la présidence.",
                _R441_9,
            )
        )
    for id_, times in Counter(m.id for m in membres).items():
        if times > 1:
            found.append(
                Problem(
                    "COM-120", id_, "Cette personne figure deux fois.", "Gardez une seule qualité.", _L441_2
                )
            )
    return found


def gather_college(
    membres: Sequence[Membre],
    logement: Logement,
    presences: Sequence[Presence],
    reglement: Reglement,
    loi: LoiAu,
) -> College:
    """Return the college of a home and who is there for it.

    Parameters
    ----------
    membres : sequence of Membre
        The commission, consultative voices included.
    logement : Logement
        The home.
    presences : sequence of Presence
        Who checked in, with their proxies and declared interests.
    reglement : Reglement
        Allows proxies or not.
    loi : LoiAu
        Who votes, and for which homes.

    Raises
    ------
    RefusalError
        COM-114 a proxy that does not hold, COM-115, COM-119 an unknown interest,
        COM-120; all at once.
    """
    problems = check_membres(membres, loi)
    if problems:
        raise RefusalError(problems)
    voters = tuple(m for m in membres if is_deliberatif(m, loi) and siege(m, logement, loi))
    ids = {m.id for m in voters}
    problems += _interets(presences, loi)
    sortis = tuple((p.membre, p.interet) for p in presences if p.interet is not None and p.membre in ids)
    gone = {membre for membre, _ in sortis}
    there = tuple(dict.fromkeys(p.membre for p in presences if p.membre in ids - gone))
    held = {
        absent: p.membre for p in presences if p.membre in there for absent in p.pouvoir_de if absent in ids
    }
    problems += _pouvoirs(presences, held, there, gone, reglement)
    if problems:
        raise RefusalError(problems)
    return College(voters, there, tuple(held.items()), sortis)


def _interets(presences: Sequence[Presence], loi: LoiAu) -> Iterator[Problem]:
    known = loi.codes("caleol_interets")
    for presence in presences:
        if presence.interet is not None and presence.interet not in known:
            yield Problem(
                "COM-119",
                presence.membre,
                f"« {presence.interet} » n'est pas un intérêt de la liste.",
                f"Choisissez parmi : {', '.join(known)}.",
            )


def _pouvoirs(
    presences: Sequence[Presence],
    held: Mapping[str, str],
    there: Sequence[str],
    gone: set[str],
    reglement: Reglement,
) -> Iterator[Problem]:
    given = Counter(absent for p in presences for absent in p.pouvoir_de)
    for presence in presences:
        if len(presence.pouvoir_de) > reglement.pouvoirs:
            held_by = len(presence.pouvoir_de)
            words = f"{held_by} pouvoirs pour une personne ; le règlement en admet {reglement.pouvoirs}."
            yield Problem("COM-114", presence.membre, words, "Retirez les pouvoirs en trop.", _R441_9)
    for absent, times in given.items():
        if times > 1 or absent in there or absent in gone:
            words = "Un pouvoir est donné deux fois, ou par une personne présente ou sortie."
            yield Problem("COM-114", absent, words, "Gardez un pouvoir, d'un membre absent.", _R441_9)


def count_quorum(college: College, logement: Logement, reglement: Reglement, loi: LoiAu) -> Quorum:
    """Count the quorum of a home as the règlement says.

    The number required is a share of the seats of the law, whether they are filled
    or not: six of the body, and for the whole college the mayor, the State, and the
    EPCI and mandating body where the home has one.
    """
    seats = int(loi.nombre("caleol_membres_organisme"))
    counted = {m.id for m in college.membres}
    if reglement.quorum.base == "six":
        counted = {m.id for m in college.membres if m.qualite == "organisme"}
    else:
        seats += 2 + (logement.epci is not None) + (logement.mandant is not None)
    present = [*college.presents, *(absent for absent, _ in college.representes if reglement.pouvoirs_quorum)]
    return Quorum(
        reglement.quorum.base, len(counted.intersection(present)), reglement.quorum.requis(seats), seats
    )
