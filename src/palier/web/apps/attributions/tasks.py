"""Jobs of allocations: what time does to them."""

from __future__ import annotations

import logging
from dataclasses import asdict

from procrastinate.contrib.django import app

from palier.web.apps.attributions.operations.horloge import passer
from palier.web.apps.attributions.queries.echeances import landlords
from palier.web.horloge import aujourdhui, maintenant

_LOG = logging.getLogger("palier.attributions")


@app.periodic(cron="2 * * * *")
@app.task(queue="horloge", name="attributions.echeances", queueing_lock="attributions.echeances")
def passer_echeances(timestamp: int) -> None:
    """Do, soon after midnight and each hour, what a new day brings: silence, terms, papers, appeals."""
    del timestamp
    for bailleur in landlords():
        done = passer(bailleur=bailleur, au=aujourdhui(), maintenant=maintenant())
        _LOG.info("echeances", extra={"nombre": sum(asdict(done).values())})
