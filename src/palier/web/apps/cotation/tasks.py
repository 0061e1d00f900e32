"""Jobs of the scores: each night, each territory is scored with the grid that applies that day."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from palier.web.apps.cotation.operations import calcul
from palier.web.apps.cotation.queries import grilles
from palier.web.apps.demandes.queries.echeances import territories
from palier.web.horloge import aujourdhui, maintenant

_LOG = logging.getLogger("palier.cotation")


@app.periodic(cron="17 4 * * *")
@app.task(queue="horloge", name="cotation.nuit", queueing_lock="cotation.nuit")
def coter_chaque_territoire(timestamp: int) -> None:
    """Hand over each territory that has a grid in force: seniority grows every day, grids change."""
    del timestamp
    for code in territories():
        if grilles.in_force(code, aujourdhui()) is not None:
            coter.configure(queueing_lock=f"coter:{code}").defer(territoire=code)


@app.task(queue="lots", name="cotation.coter", retry=2)
def coter(territoire: str) -> None:
    """Score and rank a territory again, then erase the runs that nobody needs."""
    done = calcul.recalculer(
        acteur="systeme", territoire=territoire, au=aujourdhui(), maintenant=maintenant()
    )
    calcul.purger(territoire=territoire)
    _LOG.info("cotation", extra={"nombre": done.calcul.demandes})
