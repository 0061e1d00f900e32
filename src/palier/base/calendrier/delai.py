"""What a delay is and what a deadline says: frozen objects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from palier.base.calendrier.feries import JOUR, refuse
from palier.base.calendrier.instants import end_of_day

Unite = Literal["jours", "jours_ouvres", "jours_ouvrables", "semaines", "mois", "ans"]
EN_JOURS, EN_MOIS = {"jours": 1, "semaines": 7}, {"mois": 1, "ans": 12}
_PAR_AN = {"jours": 366, "jours_ouvres": 366, "jours_ouvrables": 366, "semaines": 53, "mois": 12, "ans": 1}


@dataclass(frozen=True, slots=True)
class Duree:
    """A length of time as the law writes it; CAL-006 unless 1 unit to 100 years."""

    nombre: int
    unite: Unite

    def __post_init__(self) -> None:
        """Refuse an unknown unit, and what is no length."""
        if self.unite not in _PAR_AN:
            words = f"L'unité « {self.unite} » est inconnue."
            raise refuse("CAL-006", "durée", words, f"Choisissez parmi : {', '.join(_PAR_AN)}.")
        if type(self.nombre) is not int or not 0 < self.nombre <= 100 * _PAR_AN[self.unite]:
            words = f"« {self.nombre} » n'est pas une durée."
            raise refuse("CAL-006", "durée", words, "Donnez un nombre entier, de 1 unité à 100 ans.")


class Arret(NamedTuple):
    """A stretch of days, both included, when a delay does not run."""

    debut: dt.date
    fin: dt.date


@dataclass(frozen=True, slots=True)
class Delai:
    """A delay and how it is counted.

    Parameters
    ----------
    code : str
        Its name in the law, e.g. ``caleol_offre_delai_jours``.
    duree : Duree
        Its length. The day that starts it is not counted.
    franc : bool
        The day where it ends is not counted either.
    report : bool
        A term that nobody works moves to the next working day: only where that
        favours the person.
    sens : {"apres", "avant"}
        ``avant``: counted back from an event to come; it never moves.
    effet : {"lendemain", "terme"}
        When what awaits the delay may happen: the day after the last one, or
        on the term itself (an anniversary).
    reference : str, optional
        Article.
    verifie : bool
        Whether length and way of counting were read in their sources.
    """

    code: str
    duree: Duree
    franc: bool = False
    report: bool = False
    sens: Literal["apres", "avant"] = "apres"
    effet: Literal["lendemain", "terme"] = "lendemain"
    reference: str | None = None
    verifie: bool = True


@dataclass(frozen=True, slots=True)
class Echeance:
    """A counted delay.

    Parameters
    ----------
    delai : Delai
        What was counted.
    depart : date
        The day that starts it, or the event counted back from.
    terme : date
        Where the count ends, before any move.
    limite : date
        Last day to act.
    repos : tuple of (date, str)
        The term and the days after it that nobody works, with the reason.
    arretes : int
        Days during which it did not run.
    territoire : str
        Whose calendar.
    """

    delai: Delai
    depart: dt.date
    terme: dt.date
    limite: dt.date
    repos: tuple[tuple[dt.date, str], ...]
    arretes: int
    territoire: str

    @property
    def ouvert_le(self) -> dt.date:
        """First day on which what awaits the delay may happen."""
        return self.terme if self.delai.effet == "terme" else self.limite + JOUR

    def end(self, fuseau: str) -> dt.datetime:
        """Return the UTC instant when it is too late, where the person lives."""
        return end_of_day(self.limite, fuseau)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, dates as ISO texts."""
        days = {name: getattr(self, name).isoformat() for name in ("depart", "terme", "limite", "ouvert_le")}
        return {"delai": self.delai.code, "territoire": self.territoire, **days, "arretes": self.arretes,
                "reference": self.delai.reference, "verifie": self.delai.verifie}  # fmt: skip
