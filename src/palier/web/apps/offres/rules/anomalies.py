"""What is wrong in one offer: light while thousands of rows are read, a Problem when told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, NamedTuple

from palier.base.errors import Problem
from palier.formats.catalogue import probleme
from palier.tables import all_colonnes

Niveau = Literal["bloquant", "avertissement"]

# Said, shown beside the offer, never a reason to hold it back.
AVERTISSEMENTS = frozenset(
    """OFF-021 OFF-022 OFF-033 OFF-054 OFF-055 OFF-057 OFF-062 OFF-075 OFF-079 OFF-080 OFF-098 OFF-105
    OFF-121 OFF-135 OFF-136 OFF-144 OFF-151 OFF-165 OFF-172 OFF-175 OFF-184""".split()
)


class Anomalie(NamedTuple):
    """One fault of one offer.

    Parameters
    ----------
    code : str
        ``OFF-…``, described in ``base/codes/off.yaml``.
    champ : str
        Column of the table ``offres`` that is blamed; empty for the whole offer.
    detail : str
        What is particular to this offer, in French; never a personal value.
    reference : str, optional
        Article; it says when the value was not checked on its source.
    """

    code: str
    champ: str = ""
    detail: str = ""
    reference: str | None = None

    @property
    def niveau(self) -> Niveau:
        """Whether the fault holds the offer back."""
        return "avertissement" if self.code in AVERTISSEMENTS else "bloquant"

    def problem(self, ou: str = "", entete: str = "") -> Problem:
        """Return the fault in words; ``entete`` is the title of the column in the file."""
        known = all_colonnes().get(self.champ)
        title = entete or (known.libelle if known else "")
        place = ", ".join(part for part in (ou, f"colonne « {title} »" if title else "") if part)
        return replace(probleme(self.code, place, self.detail), reference=self.reference)


def split(anomalies: Iterable[Anomalie]) -> tuple[list[Anomalie], list[Anomalie]]:
    """Separate what holds an offer back from what only deserves a look."""
    bad: list[Anomalie] = []
    doubtful: list[Anomalie] = []
    for anomalie in anomalies:
        (bad if anomalie.niveau == "bloquant" else doubtful).append(anomalie)
    return bad, doubtful
