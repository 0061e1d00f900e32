"""The measured figures of the home page: offers on line, and how fresh they are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.core.cache import caches
from django.db import connection

from palier.web.apps.offres.queries.conditions import EN_LIGNE
from palier.web.apps.offres.rules import load_parametres
from palier.web.apps.offres.rules.etats import promise
from palier.web.apps.offres.rules.filtres import NATURES

_SECONDS = 60
_AGES = f"""
SELECT o.nature, %s::date - (o.confirmee_le AT TIME ZONE 'Europe/Paris')::date, count(*)
FROM offres_offre o WHERE {EN_LIGNE} GROUP BY 1, 2
"""


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
    """Count the live offers by nature and by age of their confirmation; kept a minute."""
    name = f"accueil:{au}"
    known: Mesure | None = caches["memoire"].get(name)
    if known is not None:
        return known
    with connection.cursor() as cursor:
        cursor.execute(_AGES, [au])
        rows = cursor.fetchall()
    natures: Counter[str] = Counter()
    ages: Counter[int] = Counter()
    for nature, age, count in rows:
        natures[nature] += count
        ages[age] += count
    parameters = load_parametres()
    kept, total = promise(ages, parameters)
    share = Fraction(kept, total) if total else None
    found = Mesure(natures, share, parameters.a_confirmer_jours)
    caches["memoire"].set(name, found, _SECONDS)
    return found
