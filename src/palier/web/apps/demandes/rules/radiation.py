"""The five removals (R441-2-8): judged by the engine of the commission; here, what the register adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from palier.base.calendrier import count_delai
from palier.base.errors import Problem, RefusalError
from palier.engines.commission import Dossier, Preuves, check_radiation
from palier.law import LoiAu
from palier.law.calendrier import calendrier, delai

AVIS = "renouvellement_avis_mois"
VIVANTES = ("active", "en_attente_piece")
_DIRECTES = {"attribution": "bail_le", "renoncement": "ecrit_le", "irrecevabilite": "decision_le"}
_RECUES = {
    "contact_impossible": "avertissement_recu_le",
    "irrecevabilite": "avertissement_recu_le",
    "non_renouvellement": "avis_le",
}


def judge_radiation(
    loi: LoiAu,
    motif: str,
    au: dt.date,
    *,
    dossier: Dossier,
    lieu: str,
    preuve: str,
    prouve_le: dt.date | None = None,
    avertie_le: Iterable[dt.date] = (),
) -> list[Problem]:
    """Return what forbids the removal of a request on a day, all at once.

    Parameters
    ----------
    loi : LoiAu
        The law of the day.
    motif : str
        Reason.
    dossier : Dossier
        The request: its filing, its last renewal, its state.
    lieu : str
        Commune or department, whose calendar counts.
    preuve : str
        Reference of the proof: lease, letter, decision, notice.
    prouve_le : date, optional
        Day of the lease, of the waiver, of the decision.
    avertie_le : iterable of date
        Days on which warnings, or notices, for this reason were received, as proven.
    """
    found = []
    if dossier.statut not in VIVANTES:
        found.append(
            Problem("DEM-011", "demande", "La demande ne vit plus.", "Consultez son état.", "R441-2-8 CCH")
        )
    if not preuve.strip():
        found.append(
            Problem(
                "DEM-012",
                "preuve",
                "Aucune preuve n'est donnée.",
                "Donnez la référence du bail, de l'écrit, de la décision ou de l'avis.",
                "R441-2-8 CCH",
            )
        )
    received = sorted(avertie_le)
    days = {_DIRECTES[motif]: prouve_le} if motif in _DIRECTES else {}
    if motif in _RECUES and received:
        days[_RECUES[motif]] = received[0]
    try:
        check_radiation(motif, dossier, Preuves(**days), au, loi, calendrier(loi, lieu))
    except RefusalError as error:
        found += error.problems
    if motif == "non_renouvellement" and received and received[0] > last_notice(loi, dossier, lieu):
        words = "L'avis de renouvellement a été reçu moins d'un mois avant la fin de la demande."
        advice = "La demande vit tant que l'avis n'a pas eu son mois : envoyez-en un autre."
        found.append(Problem("DEM-016", "avis", words, advice, "R441-2-7 CCH"))
    return found


def last_notice(loi: LoiAu, dossier: Dossier, lieu: str) -> dt.date:
    """Return the last day on which the notice of renewal may be received."""
    return count_delai(delai(loi, AVIS), dossier.expire_le(loi), calendrier(loi, lieu)).limite
