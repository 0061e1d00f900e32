"""Hypothesis strategies of the grid language: whole grids, requests on their thresholds, events.

Every grid goes through its YAML text, so that the reader is exercised too. What was drawn is
counted by ``hypothesis.event`` (``--hypothesis-show-statistics``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hypothesis import event
from hypothesis import strategies as st

from palier.engines.cotation.model import Grille
from tests.strategies_cotation_demande import absentes, demandes, evenements, lignes, seuils
from tests.strategies_cotation_grille import Doc, conditions, criteres, documents, ecrire, feuilles, grilles
from tests.strategies_cotation_loi import AU, loi_inventee

__all__ = [
    "AU", "JOURS", "Cas", "Doc", "absentes", "cas", "conditions", "criteres", "demandes", "documents",
    "ecrire", "evenements", "feuilles", "grilles", "lignes", "loi_inventee", "seuils",
]  # fmt: skip

JOURS = (AU, dt.date(2026, 2, 28), dt.date(2024, 2, 29), dt.date(2026, 3, 31), dt.date(2026, 1, 1))


@dataclass(frozen=True)
class Cas:
    """A grid, a day, the rows of one table and the events of each request (None: no table)."""

    grille: Grille
    au: dt.date
    demandes: list[Doc]
    evenements: dict[str, list[Doc]] | None

    def evenements_de(self, ligne: Doc) -> list[Doc] | None:
        """Return the events of a row."""
        return None if self.evenements is None else self.evenements[ligne["numero_unique"]]


@st.composite
def cas(draw: st.DrawFn, taille: int = 4) -> Cas:
    """Draw everything that a score needs; the columns absent are the same for all rows."""
    grille = draw(grilles())
    au = draw(st.sampled_from(JOURS))
    absent = draw(absentes())
    rows = draw(st.lists(lignes(grille, au, absent), min_size=1, max_size=taille))
    events: dict[str, list[Doc]] | None = {} if draw(st.integers(0, 3)) else None
    for place, row in enumerate(rows):
        depot = row["date_depot_initial"]
        row["numero_unique"] = f"067{depot.month:02d}{depot.year % 100:02d}{place:06d}GDPUB"
        if events is not None:
            events[row["numero_unique"]] = [
                {"numero_unique": row["numero_unique"], **item} for item in draw(evenements(au, (depot,)))
            ]
    event("événements" if events is not None else "sans événements")
    return Cas(grille, au, rows, events)
