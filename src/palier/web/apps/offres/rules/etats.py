"""Freshness of an offer: five states, the allowed arrows as data, the clock as an argument."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from palier.base.errors import Problem
from palier.base.yamlstrict import Liste, Table
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.parametrage import load_data

Statut = Literal["brouillon", "controlee", "publiee", "a_confirmer", "retiree"]
Motif = Literal["pourvue", "expiree", "annulee", "doublon", "non_conforme"]

STATUTS: tuple[Statut, ...] = ("brouillon", "controlee", "publiee", "a_confirmer", "retiree")
MOTIFS: tuple[Motif, ...] = ("pourvue", "expiree", "annulee", "doublon", "non_conforme")
EN_LIGNE: frozenset[Statut] = frozenset({"publiee", "a_confirmer"})


@dataclass(frozen=True, slots=True)
class Parametres:
    """Days of age of the last confirmation, and the share that a feed may lose.

    Parameters
    ----------
    rappel_jours : int
        The landlord is written to.
    a_confirmer_jours : int
        The badge appears.
    retrait_jours : int
        The offer leaves.
    baisse_max_pour_cent : int
        A full feed that would withdraw more than this share is held.
    """

    rappel_jours: int
    a_confirmer_jours: int
    retrait_jours: int
    baisse_max_pour_cent: int


@dataclass(frozen=True, slots=True)
class Fleche:
    """An allowed change of state; ``motifs`` are those of a withdrawal."""

    de: Statut
    vers: Statut
    par: str
    motifs: tuple[Motif, ...] = ()


@cache
def load_parametres() -> Parametres:
    """Return the parameters that Palier ships; an operator may give others."""
    raw = cast(Table, load_data("fraicheur")["parametres"])
    return Parametres(**{nom: int(str(value)) for nom, value in raw.items()})


@cache
def fleches() -> tuple[Fleche, ...]:
    """Return the allowed arrows."""
    found = []
    for node in cast(Liste, load_data("fraicheur")["fleches"]):
        raw = cast(Table, node)
        found.append(
            Fleche(
                cast(Statut, str(raw["de"])),
                cast(Statut, str(raw["vers"])),
                str(raw["par"]),
                tuple(cast(Motif, str(m)) for m in cast(Liste, raw.get("motifs", Liste()))),
            )
        )
    return tuple(found)


def state(confirmee_le: dt.date, au: dt.date, parametres: Parametres) -> tuple[Statut, Motif | None]:
    """Return the state of a published offer from the age of its last confirmation.

    Parameters
    ----------
    confirmee_le, au : date
        Day of the last confirmation and day of the question, in Europe/Paris.
    parametres : Parametres
        Bounds in days.

    Returns
    -------
    tuple
        ``("publiee", None)``, ``("a_confirmer", None)`` or ``("retiree", "expiree")``.

    Examples
    --------
    >>> state(dt.date(2026, 6, 1), dt.date(2026, 6, 8), load_parametres())
    ('a_confirmer', None)
    """
    age = (au - confirmee_le).days
    if age >= parametres.retrait_jours:
        return "retiree", "expiree"
    return ("a_confirmer" if age >= parametres.a_confirmer_jours else "publiee"), None


def remind_on(confirmee_le: dt.date, parametres: Parametres) -> dt.date:
    """Return the day when the landlord is written to."""
    return confirmee_le + dt.timedelta(days=parametres.rappel_jours)


def expires_on(confirmee_le: dt.date, parametres: Parametres) -> dt.date:
    """Return the first day when the offer is no longer shown."""
    return confirmee_le + dt.timedelta(days=parametres.retrait_jours)


def can_move(de: Statut, vers: Statut, motif: Motif | None = None) -> bool:
    """Tell whether an arrow exists; a withdrawal needs one of its motives, others none."""
    return any(
        f.de == de and f.vers == vers and (motif in f.motifs if f.motifs else motif is None)
        for f in fleches()
    )


def check_move(de: Statut, vers: Statut, motif: Motif | None = None, ou: str = "") -> list[Problem]:
    """Return OFF-100 if the change of state is not allowed."""
    if can_move(de, vers, motif):
        return []
    words = f"De « {de} » à « {vers} »" + (f", motif « {motif} »." if motif else ".")
    return [Anomalie("OFF-100", "statut_offre", words).problem(ou)]


def promise(ages: Mapping[int, int], parametres: Parametres) -> tuple[int, int]:
    """Return how many live offers were confirmed within the promise, and how many there are.

    Parameters
    ----------
    ages : mapping of int to int
        Number of live offers by age of their confirmation, in days.
    """
    total = sum(ages.values())
    return sum(n for age, n in ages.items() if age < parametres.a_confirmer_jours), total
