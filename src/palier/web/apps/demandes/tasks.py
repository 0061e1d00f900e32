"""Jobs of the requests: what time does to them."""

from __future__ import annotations

import datetime as dt
import logging

from procrastinate.contrib.django import app

from palier.web.apps.demandes.operations import conservation, vie
from palier.web.apps.demandes.queries.echeances import territories
from palier.web.apps.demandes.queries.pieces import paths_of
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


@app.periodic(cron="17 4 1 * *")
@app.task(queue="horloge", name="demandes.conservation", queueing_lock="demandes.conservation")
def conserver(timestamp: int) -> None:
    """Erase, each month, what was kept long enough, then the files that no paper names."""
    del timestamp
    known: set[str] = set()
    for code in territories():
        done = conservation.purger(territoire=code, au=aujourdhui(), maintenant=maintenant(), essai=False)
        known |= paths_of(code)
        _LOG.info("conservation", extra={"nombre": done.contenu})
    conservation.ramasser(avant=maintenant() - dt.timedelta(days=2), connus=known)
