"""Jobs of the requests: what time does to them."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from palier.web.apps.demandes.operations import vie
from palier.web.apps.demandes.queries.echeances import territories
from palier.web.horloge import aujourdhui, maintenant

_LOG = logging.getLogger("palier.demandes")


@app.periodic(cron="41 3 * * *")
@app.task(queue="horloge", name="demandes.echeances", queueing_lock="demandes.echeances")
def passer_echeances(timestamp: int) -> None:
    """Remove, each night, the requests that were not renewed after a proven notice."""
    del timestamp
    for code in territories():
        done = vie.passer_echeances(territoire=code, au=aujourdhui(), maintenant=maintenant(), essai=False)
        _LOG.info("echeances", extra={"nombre": len(done.radiees)})
