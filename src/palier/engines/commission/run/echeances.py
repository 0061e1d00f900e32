"""The clocks of an allocation: each a delay of the law, counted by the one legal clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from palier.base.calendrier import Calendrier, Duree, Echeance, check_duree_min, count_delai
from palier.engines.commission.model.decision import Offre
from palier.law.calendrier import delai
from palier.law.registre import LoiAu

Horloge = Literal["offre", "radiation", "recours", "reservataire", "examen_triennal", "reunion"]
DELAIS: dict[Horloge, str] = {
    "offre": "caleol_offre_delai_jours",
    "radiation": "radiation_preavis_mois",
    "recours": "recours_administratif_mois",
    "reservataire": "flux_proposition_delai_mois",
    "examen_triennal": "examen_occupation_mois",
    "reunion": "caleol_reunion_max_mois",
}


def count_echeance(horloge: Horloge, depart: dt.date, loi: LoiAu, calendrier: Calendrier) -> Echeance:
    """Count one of the clocks of an allocation from the day that starts it.

    Parameters
    ----------
    horloge : str
        ``offre`` (receipt), ``radiation`` (receipt of the warning), ``recours``
        (notification), ``reservataire`` (told), ``examen_triennal`` (lease),
        ``reunion`` (the last session: the next one comes by then).
    depart : date
        That day, which is not counted.
    loi, calendrier
        At the place of the person.

    Raises
    ------
    LoiError, InputError
        Those of :func:`palier.law.calendrier.delai` and ``count_delai``.
    """
    return count_delai(delai(loi, DELAIS[horloge]), depart, calendrier)


def count_reservataire(
    depart: dt.date, loi: LoiAu, calendrier: Calendrier, *, tendue: bool, jours: int | None = None
) -> Echeance | None:
    """Count the term of a réservataire: that of the law in tense areas, of its convention elsewhere.

    Parameters
    ----------
    depart : date
        Day it was told, not counted.
    loi, calendrier
        At the place of the home.
    tendue : bool
        Whether the home is in a tense area: the law is then the longest term.
    jours : int, optional
        Days that the convention grants.

    Returns
    -------
    Echeance or None
        None outside tense areas, where the convention sets no term.

    References
    ----------
    L441-1 CCH.
    """
    legal = delai(loi, DELAIS["reservataire"])
    counted = [count_delai(legal, depart, calendrier)] if tendue else []
    if jours is not None:
        counted.append(count_delai(replace(legal, duree=Duree(jours, "jours")), depart, calendrier))
    return min(counted, key=lambda e: e.limite, default=None)


def make_offre(
    numero: str,
    recue_le: dt.date,
    loi: LoiAu,
    calendrier: Calendrier,
    rang: int = 1,
    jours: int | None = None,
) -> Offre:
    """Make an offer with the days granted to answer; each rank has a whole delay of its own.

    Parameters
    ----------
    numero, rang
        Whose offer.
    recue_le : date
        Day of receipt, not counted.
    jours : int, optional
        Days granted; those of the law if not given.

    Raises
    ------
    RefusalError
        CAL-007 for fewer days than the law grants.
    """
    legal = delai(loi, DELAIS["offre"])
    granted = legal if jours is None else replace(legal, duree=Duree(jours, "jours"))
    check_duree_min(granted.duree, legal)
    return Offre(numero, rang, recue_le, legal, count_delai(granted, recue_le, calendrier))


def next_rang(offre: Offre, au: dt.date, rangs: tuple[str, ...]) -> str | None:
    """Return who is called once an offer is silent: nobody before 00:00 of the day after its last one.

    Parameters
    ----------
    offre : Offre
        The offer of the current rank.
    au : date
        The local day.
    rangs : tuple of str
        Numbers by rank, from 1.

    Returns
    -------
    str or None
        The number of the next rank; None too early, or if no rank is left.
    """
    return rangs[offre.rang] if au >= offre.echeance.ouvert_le and offre.rang < len(rangs) else None


def reprise_possible(echeance: Echeance | None, au: dt.date) -> bool:
    """Tell whether the landlord may take a home back from a réservataire.

    Parameters
    ----------
    echeance : Echeance, optional
        Of ``reservataire``; None outside tense areas, where the convention rules.
    au : date
        The day.
    """
    return echeance is not None and au >= echeance.ouvert_le
