"""Reasons of a decision: a coded list, the numbers each one needs, and those never allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from palier.base.errors import Problem
from palier.engines.commission.model.decision import LETTRES, Decision
from palier.law.registre import LoiAu

_L441_2_2 = "L441-2-2 CCH"


def check_motifs(decision: Decision, loi: LoiAu) -> Iterator[Problem]:
    """Yield what is wrong with the reasons of one decision.

    COM-096 none given, COM-097 outside the list, COM-098 of another decision or
    without its numbers, COM-099 « autre » alone, COM-100 forbidden.
    """
    listed = loi.get("caleol_motifs")
    known = dict(listed.details)
    banned = {
        str(code): str(words) for (code,), words in (loi.get("caleol_motifs_interdits").table or {}).items()
    }
    refusal = decision.code in ("non_attribution", "irrecevabilite")
    if refusal and not decision.motifs:
        yield _problem(
            "COM-096",
            decision,
            "Un refus sans motif ne peut pas être clos.",
            "Choisissez au moins un motif de la liste.",
            _L441_2_2,
        )
    for code, chiffres in decision.motifs.items():
        if code in banned:
            yield _problem(
                "COM-100",
                decision,
                f"« {banned[code]} » n'est jamais un motif.",
                "Retirez-le ; la décision repose sur d'autres faits, ou change.",
                "L441 CCH",
            )
        elif code not in known:
            yield _problem(
                "COM-097",
                decision,
                f"« {code} » n'est pas dans la liste des motifs.",
                f"Choisissez parmi : {', '.join(known)}.",
                _L441_2_2,
            )
        else:
            yield from _listed(decision, code, known[code], set(chiffres))
    if decision.motifs and all(known.get(code, {}).get("seul") == "refus" for code in decision.motifs):
        yield _problem(
            "COM-099",
            decision,
            "« Autre » ne peut pas être le seul motif.",
            "Ajoutez le motif de la liste qui s'applique.",
            _L441_2_2,
        )
    yield from _words(decision, loi)


def warn_motifs(decision: Decision, loi: LoiAu) -> Iterator[Problem]:
    """Yield COM-101 for a refusal whose only reason is a weak one."""
    known = loi.get("caleol_motifs").details
    if decision.motifs and all(known.get(code, {}).get("seul") == "alerte" for code in decision.motifs):
        yield _problem(
            "COM-101",
            decision,
            "Ce motif est faible quand il est seul.",
            "Proposez une mesure, ou donnez un autre motif.",
            _L441_2_2,
        )


def is_comparaison(decision: Decision, loi: LoiAu) -> bool:
    """Tell whether every reason compares requests, none being of the file itself."""
    known = loi.get("caleol_motifs").details
    return all(known.get(code, {}).get("nature") == "comparaison" for code in decision.motifs)


def _listed(decision: Decision, code: str, rules: object, given: set[str]) -> Iterator[Problem]:
    rule = dict(rules)  # type: ignore[call-overload]
    letter = LETTRES.get(decision.code, "")
    if letter not in rule["decisions"].split():
        yield _problem(
            "COM-098",
            decision,
            f"« {code} » n'est pas un motif de la décision {letter}).",
            "Choisissez un motif prévu pour cette décision.",
            rule.get("article"),
        )
    missing = [name for name in rule.get("chiffres", "").split() if name not in given]
    if missing:
        yield _problem(
            "COM-098",
            decision,
            f"« {code} » va avec ses chiffres : il manque {', '.join(missing)}.",
            "Joignez-les : la lettre les dit à la personne.",
            rule.get("article"),
        )


def _words(decision: Decision, loi: LoiAu) -> Iterator[Problem]:
    if not decision.texte:
        return
    text = f" {fold(decision.texte)} "
    for code, rule in loi.get("caleol_motifs_interdits").details.items():
        if any(f" {words} " in text for words in _phrases(rule.get("mots", ""))):
            yield _problem(
                "COM-100",
                decision,
                f"Le texte libre avance un motif interdit ({code.lower()}).",
                "Réécrivez-le avec les faits du dossier et du logement.",
                "L441 CCH",
            )


@lru_cache(maxsize=64)
def _phrases(mots: str) -> tuple[str, ...]:
    return tuple(fold(part) for part in mots.split(",") if part.strip())


def fold(text: str) -> str:
    """Write a text as lower-case words without accents, one space between them.

    Examples
    --------
    >>> fold("L’Équilibre de  peuplement")
    'l equilibre de peuplement'
    """
    marks = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in marks if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def _problem(code: str, decision: Decision, constat: str, que_faire: str, reference: str | None) -> Problem:
    return Problem(code, f"décision {decision.numero}", constat, que_faire, reference)
