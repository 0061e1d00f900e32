"""What allocations say of a request that a person wants to join to another, or to part."""

from __future__ import annotations

from palier.base.errors import Problem
from palier.web.apps.attributions.models import Candidature
from palier.web.apps.attributions.queries.faits import VIVANTES
from palier.web.apps.demandes.models import Demande


def no_live_candidacy(demande: Demande) -> list[Problem]:
    """Return a problem where a candidacy of a request runs. Call inside the perimeter of its territory."""
    if not Candidature.objects.filter(demande=demande, etat__in=VIVANTES).exists():
        return []
    words = "Une candidature de cette demande est en cours."
    return [Problem("DEM-052", "demande", words, "Gardez celle-là, ou attendez la fin.")]
