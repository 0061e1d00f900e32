"""The scores that hold in a territory, beside its requests, for the order of a search."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from palier.engines.recherche.run import DEPARTAGE
from palier.web.apps.cotation.models import Calcul, Score
from palier.web.apps.cotation.queries.grilles import parsed


@dataclass(frozen=True)
class Notes:
    """Scores by id of request, and the chain that the grid declares for ties."""

    table: pl.DataFrame
    departage: tuple[str, ...]

    def beside(self, ids: pl.Series) -> pl.DataFrame:
        """Return the scores row for row with requests; one that was never scored has none."""
        rows = pl.DataFrame({"id": ids}).join(self.table, on="id", how="left", maintain_order="left")
        return rows.select("classe_rang", "total")


def current(territoire: str) -> Notes | None:
    """Return the scores of the run that holds in a territory; None if nothing was scored.

    Call inside the perimeter of the territory.
    """
    run = Calcul.objects.filter(territoire=territoire, courant=True).select_related("grille").first()
    if run is None:
        return None
    rules = parsed(run.grille)
    places: dict[tuple[str | None, str | None], int] = {
        (systeme.id, classe.id): place
        for systeme in rules.systemes
        for place, classe in enumerate(systeme.classes)
    }
    last: dict[str | None, int] = {systeme.id: len(systeme.classes) for systeme in rules.systemes}
    rows = Score.objects.filter(calcul=run, total__isnull=False).values_list(
        "demande_id", "systeme", "classe", "total"
    )
    table = pl.DataFrame(
        [(str(pk), places.get((s, c), last.get(s, 0)), total) for pk, s, c, total in rows],
        schema={"id": pl.String, "classe_rang": pl.Int32, "total": pl.Int32},
        orient="row",
    )
    return Notes(table, rules.departage or DEPARTAGE)
