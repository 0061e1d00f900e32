"""The five removals and their proofs (R441-2-8): what is asked before, how long after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from palier.base.calendrier import count_delai
from palier.base.errors import Problem
from palier.law import LoiAu
from palier.law.calendrier import calendrier, delai

PREAVIS = "radiation_preavis_mois"
AVIS = "renouvellement_avis_mois"
_LAW = "R441-2-8 CCH"


@dataclass(frozen=True, slots=True)
class Regles:
    """What the law of a day says of removals.

    Parameters
    ----------
    motifs : tuple of str
        The reasons, and no other.
    preavis : frozenset of str
        Those that a proven warning must precede.
    """

    motifs: tuple[str, ...]
    preavis: frozenset[str]
    loi: LoiAu

    def open_from(self, motif: str, recu_le: dt.date, lieu: str) -> dt.date:
        """Return the first day on which a warning received on a day lets a request be removed."""
        return count_delai(delai(self.loi, PREAVIS), recu_le, calendrier(self.loi, lieu)).ouvert_le


def read_regles(loi: LoiAu) -> Regles:
    """Read the reasons of removal in the law of a day."""
    codes = loi.get("radiation_motifs").details
    warned = frozenset(code for code, row in codes.items() if row.get("preavis") == "oui")
    return Regles(tuple(codes), warned, loi)


def judge_radiation(
    regles: Regles,
    motif: str,
    au: dt.date,
    *,
    vivante: bool,
    preuve: str,
    lieu: str,
    expire_le: dt.date,
    avertie_le: Iterable[dt.date] = (),
) -> list[Problem]:
    """Return what forbids the removal of a request on a day, all at once.

    Parameters
    ----------
    regles : Regles
        The law of the day.
    motif : str
        Reason.
    vivante : bool
        Whether the request lives.
    preuve : str
        Reference of the proof: lease, letter, decision.
    lieu : str
        Commune or department, whose calendar counts.
    expire_le : date
        Last day of the request without renewal.
    avertie_le : iterable of date
        Days on which warnings for this reason were received, as proven.
    """
    found = []
    if motif not in regles.motifs:
        words = "Une demande ne se radie que pour cinq motifs : " + ", ".join(regles.motifs) + "."
        return [Problem("DEM-010", motif[:30], "Ce motif n'existe pas.", words, _LAW)]
    if not vivante:
        found.append(Problem("DEM-011", "demande", "La demande ne vit plus.", "Consultez son état.", _LAW))
    if not preuve.strip():
        found.append(
            Problem(
                "DEM-012",
                "preuve",
                "Aucune preuve n'est donnée.",
                "Donnez la référence du bail, de l'écrit, de la décision ou de l'avis.",
                _LAW,
            )
        )
    received = sorted(avertie_le)
    if motif in regles.preavis:
        found += _warned(regles, motif, au, lieu, received)
    if motif == "non_renouvellement":
        found += _expired(regles, au, expire_le, received, lieu)
    return found


def _warned(regles: Regles, motif: str, au: dt.date, lieu: str, recus: list[dt.date]) -> list[Problem]:
    """Demand a warning whose delivery is proven, and its month."""
    if not recus:
        words = "Aucun avertissement dont la réception est prouvée ne précède cette radiation."
        return [Problem("DEM-013", "avertissement", words, "Avertissez d'abord la personne.", _LAW)]
    opened = min(regles.open_from(motif, day, lieu) for day in recus)
    if au >= opened:
        return []
    words = "Le préavis d'un mois après l'avertissement n'est pas passé."
    return [Problem("DEM-014", "avertissement", words, f"Attendez le {opened:%d/%m/%Y}.", _LAW)]


def _expired(
    regles: Regles, au: dt.date, expire_le: dt.date, recus: list[dt.date], lieu: str
) -> list[Problem]:
    """Demand a request past its day, whose notice was received a month before."""
    found = []
    if au <= expire_le:
        words = f"La demande vit jusqu'au {expire_le:%d/%m/%Y}."
        found.append(Problem("DEM-015", "demande", words, "Attendez ce jour.", "R441-2-7 CCH"))
    if not recus or min(recus) > last_notice(regles, expire_le, lieu):
        words = "Aucun avis de renouvellement n'a été reçu un mois au moins avant la fin de la demande."
        advice = "Envoyez l'avis : la demande vit tant qu'il n'a pas eu son mois."
        found.append(Problem("DEM-016", "avis", words, advice, "R441-2-7 CCH"))
    return found


def last_notice(regles: Regles, expire_le: dt.date, lieu: str) -> dt.date:
    """Return the last day on which the notice of renewal may be received."""
    return count_delai(delai(regles.loi, AVIS), expire_le, calendrier(regles.loi, lieu)).limite
