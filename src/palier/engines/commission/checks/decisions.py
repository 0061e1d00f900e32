"""The five decisions and no other: one per candidate, ranks, conditions, corrections."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from palier.base.errors import Problem
from palier.engines.commission.checks.motifs import check_motifs, is_comparaison
from palier.engines.commission.model.decision import Decision, EcartOrdre
from palier.law.registre import LoiAu

_R441_3 = "R441-3 CCH"
_IMMUABLES = ("close", "pv_signe", "transmise")


def check_decisions(
    logement: str, candidats: Sequence[str], decisions: Sequence[Decision], le: dt.date, loi: LoiAu
) -> list[Problem]:
    """Return everything that is wrong with the decisions proposed for one home.

    Parameters
    ----------
    logement : str
        The home.
    candidats : sequence of str
        Numbers examined for it.
    decisions : sequence of Decision
        The proposal.
    le : date
        Day of the session.
    loi : LoiAu
        The closed lists: decisions, papers, reasons.

    Returns
    -------
    list of Problem
        COM-090 to COM-100.

    References
    ----------
    R441-3 CCH.
    """
    found = list(_one_each(logement, candidats, decisions))
    known = loi.codes("caleol_decisions")
    for decision in decisions:
        if decision.code in known:
            found += [*_condition(decision, le, loi), *check_motifs(decision, loi)]
        else:
            fix = f"Choisissez parmi : {', '.join(known)}. Pour un report, dites le point « non examiné »."
            found.append(
                _problem(
                    "COM-091", decision.numero, f"« {decision.code} » n'est pas une des cinq décisions.", fix
                )
            )
    return found + list(_ranks(logement, candidats, decisions))


def _one_each(logement: str, candidats: Sequence[str], decisions: Sequence[Decision]) -> Iterator[Problem]:
    counted = Counter(d.numero for d in decisions)
    for numero in candidats:
        if not counted[numero]:
            yield _problem(
                "COM-090",
                numero,
                "Ce candidat n'a pas de décision.",
                "Décidez, ou dites le point non examiné.",
            )
    for numero, times in counted.items():
        if numero not in candidats:
            yield _problem(
                "COM-090", numero, "Une décision vise une demande qui n'est pas examinée.", "Retirez-la."
            )
        elif times > 1:
            yield _problem("COM-090", numero, f"Ce candidat a {times} décisions.", "Gardez-en une seule.")
    sole = [
        d
        for d in decisions
        if d.code == "attribution" or (d.code == "attribution_condition" and d.rang is None)
    ]
    ranked = [d for d in decisions if d.favorable and d not in sole]
    if len(sole) > 1 or (sole and ranked):
        yield _problem(
            "COM-092",
            logement,
            "Le logement est attribué plusieurs fois.",
            "Gardez une attribution, ou classez les attributions par rang (décision b).",
        )


def _ranks(logement: str, candidats: Sequence[str], decisions: Sequence[Decision]) -> Iterator[Problem]:
    ranks = [d.rang for d in decisions if d.rang is not None]
    for d in decisions:
        if (d.code == "attribution_rang" and d.rang is None) or (
            d.rang is not None and d.code not in ("attribution_rang", "attribution_condition")
        ):
            yield _problem(
                "COM-093",
                d.numero,
                "Le rang manque, ou n'a pas lieu d'être.",
                "Donnez un rang aux attributions par ordre de priorité, et à elles seules.",
            )
    if sorted(ranks) != list(range(1, len(ranks) + 1)):
        words = f"Les rangs {', '.join(map(str, sorted(ranks)))} ne se suivent pas à partir de 1."
        yield _problem("COM-093", logement, words, "Numérotez 1, 2, 3… sans trou ni double.")
    if ranks and len(set(candidats)) == 1:
        yield _problem(
            "COM-094",
            logement,
            "Un rang est donné alors qu'il n'y a qu'un candidat.",
            "Prenez une attribution simple, ou sous condition.",
        )


def _condition(decision: Decision, le: dt.date, loi: LoiAu) -> Iterator[Problem]:
    if (decision.code == "attribution_condition") != (decision.condition is not None):
        yield _problem(
            "COM-095",
            decision.numero,
            "La pièce attendue manque, ou n'a pas lieu d'être.",
            "Une attribution sous condition nomme une pièce et un dernier jour, elle seule.",
        )
    if decision.condition is None:
        return
    known = loi.codes("pieces_condition")
    if decision.condition.piece not in known:
        yield _problem(
            "COM-095",
            decision.numero,
            f"« {decision.condition.piece} » n'est pas dans la liste limitative des pièces.",
            f"Choisissez parmi : {', '.join(known)}.",
        )
    if decision.condition.limite <= le:
        yield _problem(
            "COM-095",
            decision.numero,
            "Le délai de la pièce est déjà passé.",
            "Fixez un jour après la séance.",
        )


def check_ordre(
    ordre: Sequence[str], decisions: Sequence[Decision], ecarts: Sequence[EcartOrdre], loi: LoiAu
) -> list[Problem]:
    """Return the departures from the computed order that nobody explained.

    A candidate is passed over when another one, lower in the computed order, gets the
    home before them; a refusal for a reason of the file itself is no departure, one that
    only compares requests is.

    Parameters
    ----------
    ordre : sequence of str
        Candidates by computed order, best first.
    decisions, ecarts
        The proposal, and the reasons given for its departures.
    loi : LoiAu
        The coded reasons.

    Returns
    -------
    list of Problem
        COM-102 a departure without reason, COM-103 a reason that is not coded or has no text.
    """
    known = loi.codes("caleol_motifs_ecart")
    explained = {e.numero for e in ecarts}
    found = [
        _problem(
            "COM-102",
            numero,
            "Cette demande passe après une demande moins bien classée, sans explication.",
            "Donnez un motif de la liste et une phrase.",
        )
        for numero in passed_over(ordre, decisions, loi)
        if numero not in explained
    ]
    for ecart in ecarts:
        if ecart.code not in known or not ecart.texte.strip():
            found.append(
                _problem(
                    "COM-103",
                    ecart.numero,
                    f"« {ecart.code} » n'est pas dans la liste, ou la phrase manque.",
                    f"Choisissez parmi : {', '.join(known)}, et écrivez pourquoi.",
                )
            )
    return found


def passed_over(ordre: Sequence[str], decisions: Sequence[Decision], loi: LoiAu) -> list[str]:
    """Return the candidates whom a lower one overtakes, best first."""
    rank = {d.numero: d.rang or 1 for d in decisions if d.favorable}
    own = {d.numero for d in decisions if not d.favorable and d.motifs and not is_comparaison(d, loi)}
    last = len(ordre) + 1
    return [
        numero
        for place, numero in enumerate(ordre)
        if numero not in own
        and any(rank.get(lower, last) < rank.get(numero, last) for lower in ordre[place + 1 :])
    ]


def check_correction(seance_etat: str, ancienne: str | None, nouvelle: Decision) -> list[Problem]:
    """Return why a decision may not replace another one (COM-104, COM-105).

    Parameters
    ----------
    seance_etat : str
        State of the session that took the old decision.
    ancienne : str, optional
        Identifier of the old decision if it was voted.
    nouvelle : Decision
        The new one; it must cite the old one once the session is closed.
    """
    if seance_etat not in _IMMUABLES:
        return []
    if nouvelle.corrige is None:
        return [
            _problem(
                "COM-104",
                nouvelle.numero,
                "La séance est close : ses décisions ne changent plus.",
                "Prenez une décision rectificative dans une nouvelle séance, qui cite l'ancienne.",
            )
        ]
    if nouvelle.corrige != ancienne or not nouvelle.texte.strip():
        return [
            _problem(
                "COM-105",
                nouvelle.numero,
                "La décision rectificative ne cite pas celle qu'elle corrige, ou ne dit pas pourquoi.",
                "Citez la décision corrigée et écrivez la raison.",
            )
        ]
    return []


def _problem(code: str, ou: str, constat: str, que_faire: str) -> Problem:
    return Problem(code, ou, constat, que_faire, _R441_3)
