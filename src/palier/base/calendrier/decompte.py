"""The count itself: how a delay runs, moves, stops, returns, and when it is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from palier.base.calendrier.delai import EN_JOURS, EN_MOIS, Arret, Delai, Duree, Echeance
from palier.base.calendrier.feries import JOUR, Calendrier, refuse
from palier.base.errors import Problem, RefusalError
from palier.base.periods import add_months


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
    if duree.unite in EN_MOIS:
        fin = add_months(depart, pas.days * duree.nombre * EN_MOIS[duree.unite])
    elif duree.unite in EN_JOURS:
        fin += pas * duree.nombre * EN_JOURS[duree.unite]
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
    if duree.unite not in EN_MOIS:
        raise refuse("CAL-006", "durée", "Un anniversaire se compte en mois ou en ans.", "Changez l'unité.")
    step, rang = duree.nombre * EN_MOIS[duree.unite], 1
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
    for sizes in (EN_JOURS, EN_MOIS, {delai.duree.unite: 1}):
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
