"""The scores of a request: the one that holds, those before it. Call inside an open perimeter."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from palier.tables import colonne
from palier.web.apps.cotation.models import Place, Score
from palier.web.apps.demandes.models import Demande

_GARDES = 12


def current(demande: Demande) -> Score | None:
    """Return the score that holds, with its run and its grid; None if the request was never scored."""
    rows = Score.objects.select_related("calcul__grille")
    found: Score | None = rows.filter(demande=demande, calcul__courant=True).first()
    return found


def totals_of(demandes: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the points that hold for some requests; one without a score is absent."""
    rows = Score.objects.filter(demande_id__in=demandes, calcul__courant=True, total__isnull=False)
    return {demande: total for demande, total in rows.values_list("demande_id", "total") if total is not None}


def history(demande: Demande) -> list[Score]:
    """Return the scores of a request, the latest first."""
    rows = Score.objects.select_related("calcul__grille").filter(demande=demande)
    return list(rows.order_by("-calcul__fait_le", "-calcul_id")[:_GARDES])


def places(score: Score) -> list[tuple[Place, int]]:
    """Return the places of a scored request, with how many requests its run placed in each queue."""
    rows = list(Place.objects.filter(calcul_id=score.calcul_id, demande_id=score.demande_id))
    order = colonne("typologies").codes
    rows.sort(key=lambda row: order.index(row.typologie) if row.typologie in order else len(order))
    return [(row, _length(score.calcul_id, row)) for row in rows]


def _length(calcul: uuid.UUID, place: Place) -> int:
    last = (
        Place.objects.filter(calcul_id=calcul, systeme=place.systeme, typologie=place.typologie)
        .order_by("-ordre")
        .values_list("ordre", flat=True)
        .first()
    )
    return int(last or 0)


def table_row(score: Score) -> dict[str, Any]:
    """Return a score as a row of the table of scores: ``pts__<critere>``, totals, state."""
    points = zip(score.calcul.criteres, score.points, strict=True)
    return {
        "etat": score.etat,
        "total": score.total,
        "total_verifie": score.total_verifie,
        **{f"pts__{nom}": value for nom, value in points},
    }
