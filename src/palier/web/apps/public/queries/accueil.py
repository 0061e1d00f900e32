"""The measured figures of the home page: offers on line, and how fresh they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from palier.web.apps.offres.queries import fraicheur
from palier.web.apps.offres.rules.filtres import NATURES


@dataclass(frozen=True, slots=True)
class Mesure:
    """What is on line today.

    Parameters
    ----------
    par_nature : Counter of str
        Live offers by nature.
    fraiche : Fraction or None
        Share confirmed within the promised days; None without an offer.
    jours : int
        The promise [days].
    """

    par_nature: Counter[str]
    fraiche: Fraction | None
    jours: int

    def total(self, famille: str) -> int:
        """Return the number of offers to rent, to buy, of premises (``louer``, ``acheter``, ``local``)."""
        return sum(self.par_nature[nature] for nature in NATURES[famille])


def measure(au: dt.date) -> Mesure:
    """Count the live offers by nature and by age of their confirmation; the query of ``/chiffres``."""
    found = fraicheur.measure(au)
    return Mesure(found.par_nature, found.part, found.jours)
