"""Proof of publicity of an HLM sale: three media, and the month that follows the last one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from palier.base.errors import Problem
from palier.web.apps.offres.rules.droit import LoiAnnonces


@dataclass(frozen=True, slots=True)
class PreuvePublicite:
    """What the ads of a sale prove.

    Parameters
    ----------
    derniere_le : date, optional
        Day of the last of the three publications; None while one is missing.
    offres_jusqu_au : date, optional
        Last day to send an offer.
    manquants : tuple of str
        Media not yet published.
    problemes : tuple of Problem
    """

    derniere_le: dt.date | None
    offres_jusqu_au: dt.date | None
    manquants: tuple[str, ...]
    problemes: tuple[Problem, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the proof can be delivered."""
        return not self.problemes


def check_publicite(
    medias: Mapping[str, dt.date | None],
    loi: LoiAnnonces,
    limite: dt.date | None = None,
    *,
    type_bien: str | None = None,
    reporter: Callable[[dt.date], dt.date] = lambda jour: jour,
    ou: str = "",
) -> PreuvePublicite:
    """Judge the publicity of a sale.

    Parameters
    ----------
    medias : mapping of str to date or None
        ``site``, ``immeuble``, ``journal``: day of each publication.
    limite : date, optional
        Deadline that the ad gives.
    type_bien : str, optional
        ``maison``: the second medium is a sign seen from the street.
    reporter : callable
        Moves a term to the next working day, in the person's favour.

    Returns
    -------
    PreuvePublicite
        OFF-110 medium missing, OFF-111 deadline too early.
    """
    raise NotImplementedError
