"""The promise of freshness, as measured: what is on line, how old, and why offers left."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.core.cache import caches
from django.db import connection

from palier.web.apps.offres.models import MotifRetrait
from palier.web.apps.offres.queries.conditions import EN_LIGNE
from palier.web.apps.offres.queries.contexte import parametres
from palier.web.apps.offres.rules.etats import promise

RECUL_JOURS = 90
_SECONDS = 60
_AGES = f"""
SELECT o.nature, greatest(%s::date - (o.confirmee_le AT TIME ZONE 'Europe/Paris')::date, 0), count(*)
FROM offres_offre o WHERE {EN_LIGNE} GROUP BY 1, 2
"""
_LEFT = """
SELECT o.motif_retrait, count(*) FROM offres_offre o
WHERE o.statut = 'retiree' AND o.publiee_le IS NOT NULL
  AND (o.retiree_le AT TIME ZONE 'Europe/Paris')::date > %s::date - %s::integer
  AND (o.retiree_le AT TIME ZONE 'Europe/Paris')::date <= %s::date
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Fraicheur:
    """What is on line on a day, and what left in the days before.

    Parameters
    ----------
    par_nature, par_age : Counter
        Live offers by nature, and by age of their last confirmation [days].
    jours : int
        The promise: confirmed within so many days.
    a_jour : int
        Live offers that keep it.
    retirees : Counter of str
        Offers that were on line and left in the last ``recul_jours`` days, by motive.
    """

    au: dt.date
    par_nature: Counter[str]
    par_age: Counter[int]
    jours: int
    a_jour: int
    retirees: Counter[str]
    recul_jours: int = RECUL_JOURS

    @property
    def n(self) -> int:
        """Live offers."""
        return self.par_age.total()

    @property
    def part(self) -> Fraction | None:
        """Share of the live offers that keep the promise; None without an offer."""
        return Fraction(self.a_jour, self.n) if self.n else None

    @property
    def age_median(self) -> int | None:
        """Median age of the last confirmation [days], the lower one of two; None without an offer."""
        held, half = 0, (self.n + 1) // 2
        for age in sorted(self.par_age):
            held += self.par_age[age]
            if held >= half:
                return age
        return None

    @property
    def part_pourvue(self) -> Fraction | None:
        """Share of what left because the home was let or sold; None where nothing left."""
        total = self.retirees.total()
        return Fraction(self.retirees[MotifRetrait.POURVUE.value], total) if total else None


def measure(au: dt.date) -> Fraicheur:
    """Measure the promise on a day; kept a minute."""
    name = f"fraicheur:{au}"
    known: Fraicheur | None = caches["memoire"].get(name)
    if known is not None:
        return known
    natures: Counter[str] = Counter()
    ages: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_AGES, [au])
        for nature, age, count in cursor.fetchall():
            natures[nature] += count
            ages[age] += count
        cursor.execute(_LEFT, [au, RECUL_JOURS, au])
        left = Counter(dict(cursor.fetchall()))
    bounds = parametres()
    kept, _total = promise(ages, bounds)
    found = Fraicheur(au, natures, ages, bounds.a_confirmer_jours, kept, left)
    caches["memoire"].set(name, found, _SECONDS)
    return found
