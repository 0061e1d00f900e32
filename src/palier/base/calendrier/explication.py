"""Why a deadline falls on its day: codes and values, words by ``base.mots``."""

from __future__ import annotations

import datetime as dt

from palier.base.calendrier.delai import Delai, Echeance
from palier.base.explanation import Explanation, Phrase, Valeur


def explain_echeance(echeance: Echeance) -> Explanation:
    """Explain a deadline: start, count, days passed over, last day, what may follow.

    Each line is ``calendrier.<step>`` below a root that bears the code of the
    delay, its length, its article and its last day.
    """
    delai = echeance.delai
    lines = [_day("depart" if delai.sens == "apres" else "evenement", echeance.depart)]
    if echeance.arretes:
        lines.append(_line("arret", Phrase("calendrier.arret.lu", {"jours": echeance.arretes})))
    lines.append(_term(echeance))
    answer, day = ("limite", echeance.limite) if delai.effet == "lendemain" else ("ouvert", echeance.terme)
    if answer == "limite":
        lines.append(_day(answer, day))
    lines.append(_day("ouvert" if delai.sens == "apres" else "trop_tard", echeance.ouvert_le))
    if not delai.verifie:
        lines.append(_line("loi", None, Phrase("calendrier.loi.non_verifiee")))
    return Explanation(
        delai.code,
        "",
        Phrase(f"calendrier.{answer}.lu", _valeurs(day)),
        regle=_rule(delai),
        reference=delai.reference,
        enfants=tuple(lines),
    )


def _rule(delai: Delai) -> Phrase:
    way = f"{delai.sens}_franc" if delai.franc else delai.sens
    return Phrase(f"calendrier.{way}", {"duree_mesure": [delai.duree.unite, str(delai.duree.nombre)]})


def _term(echeance: Echeance) -> Explanation:
    line = _day("terme", echeance.terme)
    if not echeance.repos:
        return line
    moved = echeance.limite != echeance.terme
    days: list[Phrase] = [
        Phrase("calendrier.repos", {**_valeurs(jour), "motif": Phrase(f"calendrier.repos.{motif}")})
        for jour, motif in (echeance.repos if moved else echeance.repos[:1])
    ]
    rule = Phrase("calendrier.report" if moved else "calendrier.sans_report", {"jours_suite": days})
    return line._replace(regle=rule)


def _valeurs(jour: dt.date) -> dict[str, Valeur]:
    return {"semaine": Phrase(f"calendrier.semaine.{jour.weekday()}"), "jour_date": jour.isoformat()}


def _day(step: str, jour: dt.date) -> Explanation:
    return _line(step, Phrase("calendrier.jour", _valeurs(jour)))


def _line(step: str, lu: Phrase | None, regle: Phrase | None = None) -> Explanation:
    return Explanation(f"calendrier.{step}", "", lu, regle=regle)
