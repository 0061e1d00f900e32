"""Decide what a full feed does before anything is written: apply, hold, or refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from palier.base.errors import Problem
from palier.base.mots import nombre
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.etats import Parametres

Suite = Literal["applique", "retenu", "refuse"]


@dataclass(frozen=True, slots=True)
class DecisionFlux:
    """What to do of a feed.

    Parameters
    ----------
    suite : str
        ``applique``; ``retenu``: nothing is written until a person answers;
        ``refuse``: the file is put aside.
    nouvelles, confirmees, retirees : frozenset of str
        References to create, to update and confirm, to withdraw (motive
        ``annulee``); ``retirees`` is what would be withdrawn when held.
    problemes : tuple of Problem
        Why, when it is not applied.
    """

    suite: Suite
    nouvelles: frozenset[str]
    confirmees: frozenset[str]
    retirees: frozenset[str]
    problemes: tuple[Problem, ...] = ()


def decide_flux(
    en_ligne: AbstractSet[str],
    recues: AbstractSet[str],
    parametres: Parametres,
    *,
    complet: bool = True,
    rejetees: AbstractSet[str] = frozenset(),
    lignes_sans_reference: int = 0,
    fichier_du: dt.datetime | None = None,
    dernier_du: dt.datetime | None = None,
    accepte: bool = False,
    ou: str = "",
) -> DecisionFlux:
    """Decide what a feed of one landlord does.

    Parameters
    ----------
    en_ligne : set of str
        References of the landlord now ``publiee`` or ``a_confirmer``.
    recues : set of str
        References of the good rows of the feed.
    parametres : Parametres
        Share that may vanish.
    complet : bool
        Whether what the feed omits is withdrawn; a partial lot withdraws nothing.
    rejetees : set of str
        References of the rows put aside (``--bonnes-lignes``): they are neither
        confirmed nor withdrawn.
    lignes_sans_reference : int
        Rows put aside whose reference cannot be read: one is enough to hold
        the withdrawals, since any offer could be theirs.
    fichier_du, dernier_du : datetime, optional
        Date of this file, and of the last one applied; aware.
    accepte : bool
        A person has read the report and confirmed the withdrawals.
    ou : str
        Name of the feed in messages.

    Returns
    -------
    DecisionFlux
        OFF-101 older file, OFF-102 empty full feed, OFF-103 too many
        withdrawals, OFF-104 unreadable references.
    """
    nouvelles = frozenset(recues - en_ligne)
    confirmees = frozenset(recues & en_ligne)
    retirees = frozenset(en_ligne - recues - rejetees) if complet else frozenset()
    problems: list[Problem] = []
    suite: Suite = "applique"
    if fichier_du is not None and dernier_du is not None and fichier_du < dernier_du:
        words = f"Daté du {fichier_du:%d/%m/%Y %H:%M}, après un fichier du {dernier_du:%d/%m/%Y %H:%M}."
        problems.append(Anomalie("OFF-101", detail=words).problem(ou))
        suite = "refuse"
    if complet and en_ligne and not recues and not rejetees:
        words = f"{nombre(len(en_ligne))} offres seraient retirées."
        problems.append(Anomalie("OFF-102", detail=words).problem(ou))
        suite = "refuse"
    elif 100 * len(retirees) > parametres.baisse_max_pour_cent * len(en_ligne) and not accepte:
        words = f"{nombre(len(retirees))} offres sur {nombre(len(en_ligne))} seraient retirées."
        problems.append(Anomalie("OFF-103", detail=words).problem(ou))
        suite = "retenu" if suite == "applique" else suite
    if retirees and lignes_sans_reference and not accepte:
        words = f"{nombre(lignes_sans_reference)} ligne(s) sans référence lisible."
        problems.append(Anomalie("OFF-104", detail=words).problem(ou))
        suite = "retenu" if suite == "applique" else suite
    return DecisionFlux(suite, nouvelles, confirmees, retirees, tuple(problems))
