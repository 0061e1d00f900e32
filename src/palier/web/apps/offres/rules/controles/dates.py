"""Availability: neither in another decade nor long past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from palier.base.mots import date_longue
from palier.base.periods import add_months
from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.parametrage import numbers
from palier.web.apps.offres.rules.saisie import OffreSaisie


def check(offre: OffreSaisie, contexte: Contexte) -> Iterator[Anomalie]:
    """Give OFF-120 and OFF-121."""
    day, bounds = offre.disponible_date, numbers("disponible")
    if day is None:
        return
    age = (contexte.au - day).days
    if age > bounds["jours_avant"] or day > _latest(contexte.au, bounds["mois_apres"]):
        yield Anomalie("OFF-120", "disponible_date", f"Lu : {date_longue(day)}.")
    elif age > bounds["alerte_jours_avant"]:
        yield Anomalie("OFF-121", "disponible_date", f"Lu : {date_longue(day)}.")


def _latest(au: dt.date, months: int) -> dt.date:
    return add_months(au, months)
