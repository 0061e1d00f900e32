"""Gather the faults of a lot: grouped for a person, one by one for a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import polars as pl

from palier.base.errors import Problem
from palier.base.mots import nombre
from palier.formats.catalogue import probleme
from palier.formats.lignes import LectureLignes
from palier.web.apps.offres.rules.anomalies import Anomalie

MONTREES = 5
DETAILS = 3
SCHEMA = {
    "ligne": pl.Int64(), "colonne": pl.String(), "code": pl.String(), "bloquant": pl.Boolean(),
    "detail": pl.String(),
}  # fmt: skip


@dataclass(slots=True)
class _Groupe:
    premiere: Anomalie
    total: int = 0
    derniere: int = -1
    lignes: list[int] = field(default_factory=list)
    details: list[str] = field(default_factory=list)


class Bilan:
    """Faults of the rules over a lot that the formats have read.

    Parameters
    ----------
    lue : LectureLignes
        Its name, titles and own rejects.
    """

    def __init__(self, lue: LectureLignes) -> None:
        self._lue = lue
        self._groupes: dict[tuple[str, str], _Groupe] = {}
        self._rows: list[tuple[int, str, str, bool, str]] = []

    def add(self, ligne: int, anomalies: Iterable[Anomalie]) -> bool:
        """Note the faults of a line; tell whether one of them holds it back."""
        blocked = False
        for anomalie in anomalies:
            bad = anomalie.niveau == "bloquant"
            blocked = blocked or bad
            self._rows.append((ligne, anomalie.champ, anomalie.code, bad, anomalie.detail))
            group = self._groupes.get((anomalie.code, anomalie.champ))
            if group is None:
                group = self._groupes[anomalie.code, anomalie.champ] = _Groupe(anomalie)
            if ligne != group.derniere:
                group.total, group.derniere = group.total + 1, ligne
                if len(group.lignes) < MONTREES:
                    group.lignes.append(ligne)
            if anomalie.detail and len(group.details) < DETAILS and anomalie.detail not in group.details:
                group.details.append(anomalie.detail)
        return blocked

    def problems(self, *, bloquant: bool) -> list[Problem]:
        """Return one problem per code and column, of one level, in the order of the codes."""
        found = []
        for (code, _), group in sorted(self._groupes.items()):
            if (group.premiere.niveau == "bloquant") is bloquant:
                made = probleme(code, self._place(group), " ".join(group.details))
                found.append(replace(made, reference=group.premiere.reference))
        return found

    def _place(self, group: _Groupe) -> str:
        lue, more = self._lue, group.total - len(group.lignes)
        shown = ", ".join(nombre(ligne) for ligne in group.lignes)
        tail = f" et {nombre(more)} autre{'s' if more > 1 else ''}" if more else ""
        where = f"{lue.mot}{'s' if group.total > 1 else ''} {shown}{tail}"
        origine = f"{lue.origine}, " if lue.origine else ""
        return group.premiere.problem(origine + where, lue.entetes.get(group.premiere.champ, "")).ou

    def frame(self) -> pl.DataFrame:
        """Return every fault of a line, those of the reading first known to the formats included."""
        read = self._lue.rejets.with_columns(
            pl.lit(value=True).alias("bloquant"), pl.lit("").alias("detail")
        ).select(*SCHEMA)
        judged = pl.DataFrame(self._rows, schema=SCHEMA, orient="row")
        return pl.concat([read, judged]).sort("ligne", "colonne", "code", maintain_order=True)
