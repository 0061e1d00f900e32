"""Replay a recorded session with its règlement and the law of its day; say what differs, write nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from palier.base.errors import PalierError
from palier.engines.commission.model.resultats import Cloture, Depouillement, Quorum
from palier.engines.commission.run.cloture import preview_point
from palier.engines.commission.run.college import count_quorum, gather_college
from palier.engines.commission.run.enregistrement import Enregistrement, PointEnregistre, seal
from palier.engines.commission.run.objectifs import Objectif
from palier.engines.commission.run.vote import count_votes
from palier.law.registre import LoiAu

_VOIX = ("oui", "non", "abstentions")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the replay does not find as it was recorded.

    Parameters
    ----------
    ou, quoi : str
        Where (``point 3``, ``procès-verbal``), and which value.
    enregistre, rejoue : str
        Both values.
    """

    ou: str
    quoi: str
    enregistre: str
    rejoue: str


def replay_seance(held: Enregistrement, loi: LoiAu) -> list[Difference]:
    """Count again quorums, files, votes, decisions, objectives and the hash of the minutes.

    Parameters
    ----------
    held : Enregistrement
        The record.
    loi : LoiAu
        The law at the day of the session.

    Returns
    -------
    list of Difference
        Empty if the session holds.
    """
    found = [d for point in held.points for d in _replay_point(held, point, loi)]
    found += [d for said in held.objectifs for d in _replay_objectif(said, loi)]
    return [*found, *_replay_pv(held)]


def _replay_point(held: Enregistrement, kept: PointEnregistre, loi: LoiAu) -> Iterator[Difference]:
    where = f"point {kept.place}"
    try:
        if kept.etat == "clos" and kept.nature == "rectification":
            yield from _counts(where, kept.compte, *_vote_again(held, kept, loi))
        elif kept.etat == "clos":
            made = preview_point(held.seance, kept.point, loi)
            yield from _examined(where, kept, made)
        elif kept.non_examen == "quorum":
            quorum, _vote = _vote_again(held, kept, loi)
            if quorum.atteint:
                yield Difference(where, "quorum", "manque", "atteint")
    except PalierError as error:
        for problem in error.problems:
            yield Difference(where, "refus", "aucun", problem.code)


def _vote_again(
    held: Enregistrement, kept: PointEnregistre, loi: LoiAu
) -> tuple[Quorum, Depouillement | None]:
    """Count the quorum and the votes alone: a correction examines no file again."""
    point, rule = kept.point, held.seance.reglement
    college = gather_college(point.membres, point.logement, point.presences, rule, loi)
    quorum = count_quorum(college, point.logement, rule, loi)
    vote = count_votes(college, point.bulletins, rule, loi, point.scrutin) if quorum.atteint else None
    return quorum, vote


def _examined(where: str, kept: PointEnregistre, made: Cloture) -> Iterator[Difference]:
    for problem in made.problemes:
        yield Difference(where, "refus", "aucun", problem.code)
    yield from _counts(where, kept.compte, made.quorum, made.vote)
    files = {"dossiers_n": made.dossiers.n, "dossiers_requis": made.dossiers.requis}
    yield from _compare(where, kept.compte, {**files, "exception": made.dossiers.exception or ""})
    given = {d.numero: (d.code, d.rang) for d in made.decisions}
    for decision in kept.point.decisions:
        before, after = (decision.code, decision.rang), given.get(decision.numero)
        if before != after:
            yield Difference(where, f"décision {decision.numero}", _words(before), _words(after))


def _counts(
    where: str, compte: Mapping[str, Any], quorum: Quorum, vote: Depouillement | None
) -> Iterator[Difference]:
    again: dict[str, Any] = {
        "quorum_base": quorum.base,
        "quorum_comptes": quorum.comptes,
        "quorum_requis": quorum.requis,
        "quorum_effectif": quorum.effectif,
    }
    if vote is None:
        again |= dict.fromkeys(_VOIX)
    else:
        again |= {nom: getattr(vote, nom) for nom in _VOIX} | {"departage": vote.departage or ""}
    yield from _compare(where, compte, again)


def _compare(where: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for nom, value in after.items():
        if before.get(nom) != value:
            yield Difference(where, nom, _words(before.get(nom)), _words(value))


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value if part is not None)
    return "rien" if value in (None, "") else str(value)


def objectif_said(objectif: Objectif) -> dict[str, Any]:
    """Return an objective as a record keeps it."""
    return {
        "code": objectif.code,
        "contingent": objectif.contingent,
        "n": objectif.n,
        "total": objectif.total,
        "inconnus": objectif.inconnus,
        "part": str(objectif.part),
        "manque": objectif.manque,
        "atteint": objectif.atteint,
    }


def _replay_objectif(said: Mapping[str, Any], loi: LoiAu) -> Iterator[Difference]:
    where = f"objectif {said['code']} {said['contingent'] or ''}".strip()
    part = Fraction(loi.nombre(str(said["code"])))
    again = Objectif(said["code"], said["n"], said["total"], part, said["contingent"], said["inconnus"])
    yield from _compare(where, said, objectif_said(again))


def _replay_pv(held: Enregistrement) -> Iterator[Difference]:
    """Seal the minutes again, and read in them what the items say."""
    if held.pv is None:
        return
    content, where = held.pv["contenu"], "procès-verbal"
    again = seal(content, held.pv["precedent"])
    if again != held.pv["empreinte"]:
        yield Difference(where, "empreinte", held.pv["empreinte"][:12], again[:12])
    yield from _compare(
        where, content, {"date": held.seance.le.isoformat(), "reglement": held.seance.reglement.sha256}
    )
    told = {item["place"]: item for item in content["decisions"]}
    for kept in held.points:
        item = told.get(kept.place)
        if item is None:
            yield Difference(where, f"point {kept.place}", "absent", kept.etat)
            continue
        votes = {"oui": kept.compte["oui"], "non": kept.compte["non"]}
        votes["abstention"] = kept.compte["abstentions"]
        yield from _compare(f"{where}, point {kept.place}", item["votes"], votes)
        before = sorted((d["numero"], d["code"], d["rang"] or 0) for d in item["decisions"])
        after = sorted((d.numero, d.code, d.rang or 0) for d in kept.point.decisions)
        if before != after:
            lists = (", ".join(f"{n} {c}" for n, c, _r in rows) for rows in (before, after))
            yield Difference(f"{where}, point {kept.place}", "décisions", *lists)
