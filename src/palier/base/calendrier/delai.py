"""Delays: how long, from when, moved or not, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from palier.base.calendrier.feries import JOUR, Calendrier, refuse
from palier.base.calendrier.instants import end_of_day
from palier.base.errors import Problem, RefusalError
from palier.base.periods import add_months

Unite = Literal["jours", "jours_ouvres", "jours_ouvrables", "semaines", "mois", "ans"]
_JOURS, _MOIS = {"jours": 1, "semaines": 7}, {"mois": 1, "ans": 12}
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


def count_delai(
    delai: Delai, depart: dt.date, calendrier: Calendrier, arrets: Sequence[Arret] = ()
) -> Echeance:
    """Count a delay from a day.

    Raises
    ------
    InputError
        CAL-002 for a day outside the calendar, CAL-003 for a stretch that ends
        before it starts or stops a delay counted back.

    References
    ----------
    Articles 641 and 642, code de procédure civile.

    Examples
    --------
    >>> from palier.base.calendrier import JourFerie
    >>> fetes = Calendrier("exemple", (JourFerie("fete_travail", "05-01"),), dt.date(2000, 1, 1))
    >>> dix_jours = Delai("offre", Duree(10, "jours"), report=True)
    >>> count_delai(dix_jours, dt.date(2026, 4, 21), fetes).limite
    datetime.date(2026, 5, 4)
    """
    for arret in arrets:
        if arret.fin < arret.debut or delai.sens == "avant":
            words = "L'arrêt finit avant de commencer, ou arrête un délai compté à rebours."
            raise refuse("CAL-003", arret.debut.isoformat(), words, "Corrigez ou retirez cet arrêt.")
    calendrier.check(depart)
    pas = -JOUR if delai.sens == "avant" else JOUR
    fin, arretes = _run(delai.duree, depart, calendrier, pas, arrets)
    limite = terme = fin + pas if delai.franc else fin
    repos = []
    while motif := calendrier.repos(limite):
        repos.append((limite, motif))
        limite += JOUR
    moved = limite if delai.report and delai.sens == "apres" else terme
    return Echeance(delai, depart, terme, moved, tuple(repos), arretes, calendrier.territoire)


def _run(
    duree: Duree, depart: dt.date, calendrier: Calendrier, pas: dt.timedelta, arrets: Sequence[Arret]
) -> tuple[dt.date, int]:
    def runs(jour: dt.date) -> bool:
        if duree.unite == "jours_ouvres":
            return calendrier.is_ouvre(jour)
        return duree.unite != "jours_ouvrables" or calendrier.is_ouvrable(jour)

    def stopped(jour: dt.date) -> bool:
        return any(arret.debut <= jour <= arret.fin for arret in arrets)

    fin = depart
    if duree.unite in _MOIS:
        fin = add_months(depart, pas.days * duree.nombre * _MOIS[duree.unite])
    elif duree.unite in _JOURS:
        fin += pas * duree.nombre * _JOURS[duree.unite]
    else:
        for _ in range(duree.nombre):
            fin += pas
            while not runs(fin):
                fin += pas
    span = (depart + k * JOUR for k in range(1, (fin - depart).days + 1)) if arrets else ()
    arretes = left = sum(runs(jour) and stopped(jour) for jour in span)
    while left:
        fin += JOUR
        if runs(fin):
            arretes, left = (arretes + 1, left) if stopped(fin) else (arretes, left - 1)
    return fin, arretes


def next_anniversaire(depart: dt.date, duree: Duree, au: dt.date) -> dt.date:
    """Return the first return of a date, each time counted from the origin, on or after a day.

    Examples
    --------
    >>> next_anniversaire(dt.date(2024, 2, 29), Duree(3, "ans"), dt.date(2027, 3, 1))
    datetime.date(2030, 2, 28)
    """
    if duree.unite not in _MOIS:
        raise refuse("CAL-006", "durée", "Un anniversaire se compte en mois ou en ans.", "Changez l'unité.")
    step, rang = duree.nombre * _MOIS[duree.unite], 1
    while (jour := add_months(depart, step * rang)) < au:
        rang += 1
    return jour


def check_duree_min(accordee: Duree, delai: Delai) -> None:
    """Refuse a time granted that is shorter than the law's (RefusalError, CAL-007).

    Raises
    ------
    InputError
        CAL-006 if days are compared with months.
    """
    for sizes in (_JOURS, _MOIS, {delai.duree.unite: 1}):
        if accordee.unite in sizes and delai.duree.unite in sizes:
            wanted, given = (d.nombre * sizes[d.unite] for d in (delai.duree, accordee))
            break
    else:
        raise refuse("CAL-006", "durée", "Ces durées ne se comparent pas.", f"En {delai.duree.unite}.")
    if given < wanted:
        words = f"Le délai accordé ({accordee.nombre}) est plus court que le minimum ({delai.duree.nombre})."
        fix = f"Accordez au moins {delai.duree.nombre} {delai.duree.unite.replace('_', ' ')}."
        raise RefusalError(Problem("CAL-007", delai.code, words, fix, delai.reference))


def last_evenement(evenements: Mapping[str, dt.date | None], reference: str | None = None) -> dt.date:
    """Return the last of the events that start a delay together.

    Raises
    ------
    RefusalError
        CAL-008, one problem for each event that has no date: the delay has not
        started.
    """
    missing = [name for name, jour in evenements.items() if jour is None]
    if missing or not evenements:
        raise RefusalError(
            Problem("CAL-008", name, "Le délai ne court pas : cet événement n'a pas de date.",
                    "Donnez sa preuve et sa date.", reference)
            for name in missing or ["événements"]
        )  # fmt: skip
    return max(jour for jour in evenements.values() if jour is not None)
