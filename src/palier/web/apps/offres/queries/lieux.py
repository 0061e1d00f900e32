"""Places of offers: the territories seen as the rules of offers want them."""

from __future__ import annotations

import datetime as dt

from palier.web.apps.offres.rules.colonnes import Situation
from palier.web.apps.territoires import queries as territoires


def situation_of(code: str, au: dt.date) -> Situation:
    """Return name, department, EPCI and town hall of a commune at a date."""
    found = territoires.commune_at(code, au)
    if found is None:  # overseas collectivities and towns that the operator did not load
        return Situation(commune="", departement=code[:3] if code[:2] in {"97", "98"} else code[:2])
    return Situation(
        commune=found.nom,
        departement=found.departement,
        epci=found.epci,
        longitude=found.longitude,
        latitude=found.latitude,
    )
