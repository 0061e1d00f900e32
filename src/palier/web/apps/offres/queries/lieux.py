"""Places of offers: the territories seen as the rules of offers want them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from palier.web.apps.offres.rules.colonnes import Situation
from palier.web.apps.territoires.queries import communes_at


def situations(codes: Iterable[str | None], au: dt.date) -> dict[str, Situation]:
    """Return name, department, EPCI and town hall of communes at a date, in one query.

    A commune that the operator did not load has no name; its department is read in its code.
    """
    wanted = {code for code in codes if code}
    known = communes_at(wanted, au)
    found = {
        code: Situation(
            commune=place.nom,
            departement=place.departement,
            epci=place.epci,
            longitude=place.longitude,
            latitude=place.latitude,
        )
        for code, place in known.items()
    }
    for code in wanted - set(found):
        found[code] = Situation(commune="", departement=code[:3] if code[:2] in {"97", "98"} else code[:2])
    return found


def situation_of(code: str | None, au: dt.date) -> Situation:
    """Return the situation of one commune."""
    return situations([code], au).get(code or "", Situation(commune="", departement=""))
