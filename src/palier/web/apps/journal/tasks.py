"""The daily head of the chain."""

from __future__ import annotations

from procrastinate.contrib.django import app

from palier.web.apps.journal.operations import publier_tetes
from palier.web.horloge import aujourdhui


@app.periodic(cron="10 * * * *", periodic_id="journal.tetes")
@app.task(name="journal.publier_tetes", queue="journal", queueing_lock="journal.publier_tetes")
def publier(timestamp: int) -> None:
    """Publish the heads of the days that are over; each hour, for a worker may have been stopped."""
    del timestamp
    publier_tetes(aujourdhui=aujourdhui())
