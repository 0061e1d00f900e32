"""Why a home may be examined, what a vote gave, where the objectives stand: codes and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from palier.base.explanation import Explanation, Phrase, Valeur
from palier.engines.commission.model.dossier import ExamenDossiers
from palier.engines.commission.model.resultats import Cloture, Depouillement, Quorum
from palier.engines.commission.run.objectifs import Objectif

_R441_3, _R441_9, _L441_2, _L441_1 = "R441-3 CCH", "R441-9 CCH", "L441-2 CCH", "L441-1 CCH"


def explain_dossiers(examen: ExamenDossiers) -> Explanation:
    """Explain the three-file rule: live numbers, what does not count, the exception."""
    apart = Counter(why for _, why in examen.ecartes)
    lines = [_line(f"dossiers.ecarte.{why}", {"n": n}) for why, n in sorted(apart.items())]
    if examen.exception is not None:
        lines.append(_line(f"dossiers.exception.{examen.exception.lower()}", {}))
    read = Phrase("commission.dossiers.lu", {"n": examen.n, "requis": examen.requis})
    rule = Phrase("commission.dossiers.conforme" if examen.conforme else "commission.dossiers.non_conforme")
    return Explanation("commission.dossiers", "", read, regle=rule, reference=_R441_3, enfants=tuple(lines))


def explain_quorum(quorum: Quorum) -> Explanation:
    """Explain the quorum of a home."""
    values: dict[str, Valeur] = {"n": quorum.comptes, "requis": quorum.requis, "effectif": quorum.effectif}
    rule = Phrase("commission.quorum.atteint" if quorum.atteint else "commission.quorum.manque")
    return Explanation(
        "commission.quorum",
        "",
        Phrase(f"commission.quorum.{quorum.base}", values),
        regle=rule,
        reference=_R441_9,
    )


def explain_vote(vote: Depouillement) -> Explanation:
    """Explain the count of a ballot, what settled a tie, who took part in a written session."""
    values: dict[str, Valeur] = {"oui": vote.oui, "non": vote.non, "abstentions": vote.abstentions}
    lines = []
    if vote.departage is not None:
        lines.append(_line(f"vote.departage.{vote.departage}", {}))
    if vote.participants is not None:
        lines.append(_line("vote.participants", {"n": vote.participants, "requis": vote.requis}))
    return Explanation(
        "commission.vote",
        "",
        Phrase("commission.vote.lu", values),
        regle=Phrase("commission.vote.adopte" if vote.adopte else "commission.vote.rejete"),
        reference=_L441_2,
        enfants=tuple(lines),
    )


def explain_point(cloture: Cloture) -> Explanation:
    """Explain the closing of a home: quorum, files, vote, decisions by kind, departures.

    It names no candidate, so that it may be read on a projector.
    """
    lines = [explain_quorum(cloture.quorum)]
    if cloture.examine:
        lines.append(explain_dossiers(cloture.dossiers))
    if cloture.vote is not None:
        lines.append(explain_vote(cloture.vote))
    kinds = Counter(d.code for d in cloture.decisions)
    lines += [
        _line("decisions", {"n": n, "decision_code": ["decision", code]}) for code, n in sorted(kinds.items())
    ]
    if cloture.ecarts:
        lines.append(_line("ecarts", {"n": len(cloture.ecarts)}))
    state = "non_examine" if not cloture.examine else "decide" if cloture.decisions else "sans_decision"
    return Explanation(
        "commission.point",
        "",
        Phrase(f"commission.point.{state}", {"seance_date": cloture.le.isoformat()}),
        enfants=tuple(lines),
    )


def explain_objectif(objectif: Objectif) -> Explanation:
    """Explain one objective: counted, out of how many, what is missing; « sans objet » at zero."""
    name = f"commission.{objectif.code}"
    lines = []
    if objectif.inconnus:
        lines.append(_line("objectif.inconnus", {"n": objectif.inconnus}))
    state = "sans_objet" if objectif.sans_objet else "atteint" if objectif.atteint else "manque"
    part = objectif.part
    values: dict[str, Valeur] = {
        "n": objectif.n,
        "total": objectif.total,
        "part_mesure": ["ratio", str(part.numerator), str(part.denominator)],
    }
    if objectif.contingent is not None:
        values["contingent_code"] = ["reservataire", objectif.contingent]
    return Explanation(
        name,
        "",
        Phrase(f"{name}.lu", values),
        regle=Phrase(f"commission.objectif.{state}", {"manque": objectif.manque}),
        reference=_L441_1,
        enfants=tuple(lines),
    )


def explain_objectifs(objectifs: Iterable[Objectif]) -> Explanation:
    """Explain all objectives of a perimeter."""
    return Explanation("commission.objectifs", "", enfants=tuple(explain_objectif(o) for o in objectifs))


def explain_si_attribue(moves: Iterable[tuple[Objectif, Objectif]]) -> Explanation:
    """Explain what one allocation would change: each objective before, then after."""
    lines = []
    for before, after in moves:
        change = _line("si_attribue.mouvement", {"avant": before.manque, "apres": after.manque})
        lines.append(explain_objectif(after)._replace(enfants=(change,)))
    return Explanation("commission.si_attribue", "", enfants=tuple(lines))


def _line(code: str, values: dict[str, Valeur]) -> Explanation:
    return Explanation(f"commission.{code}", "", Phrase(f"commission.{code}", values))
