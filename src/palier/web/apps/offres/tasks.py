"""Jobs of the offers: check a lot, let time pass, erase what is too old."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import suppress

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palier.web.apps.offres.models import Lot
from palier.web.apps.offres.operations import fraicheur, lots, photos
from palier.web.apps.offres.queries import lots as lectures
from palier.web.apps.offres.queries.contexte import contexte_du, parametres
from palier.web.apps.offres.rules.parametrage import number
from palier.web.horloge import aujourdhui, maintenant

_LOG = logging.getLogger("palier.offres")
_DAY = dt.timedelta(days=1)
_KEPT = dt.timedelta(days=396)  # thirteen months


@app.task(queue="lots", name="offres.traiter_lot", retry=3)
def traiter_lot(lot_id: str, acteur: str, accepte: bool = False) -> None:
    """Check a lot, and apply it when it may be."""
    lot = Lot.objects.select_related("organisme").get(pk=lot_id)
    today = aujourdhui()
    done = lots.traiter(
        acteur=acteur,
        lot=lot,
        contexte=contexte_du(today, lot.organisme.siren),
        parametres=parametres(),
        maintenant=maintenant(),
        accepte=accepte,
    )
    _LOG.info("lot", extra={"tache": done.etat, "nombre": done.rapport.get("lignes", 0)})


@app.periodic(cron="*/5 * * * *")
@app.task(queue="horloge", name="offres.reprendre_lots", queueing_lock="offres.reprendre_lots")
def reprendre_lots(timestamp: int) -> None:
    """Hand over again the lots that were received and never checked: a process died in between."""
    del timestamp
    silence = dt.timedelta(seconds=settings.ENVIRONNEMENT.reprise_s)
    for lot in lectures.forgotten(maintenant() - silence):
        with suppress(AlreadyEnqueued), transaction.atomic():  # handed over by the run before, not taken yet
            traiter_lot.configure(queueing_lock=f"lot:{lot.pk}").defer(lot_id=str(lot.pk), acteur=lot.par)


@app.periodic(cron="7 * * * *")
@app.task(queue="horloge", name="offres.vieillir", queueing_lock="offres.vieillir")
def vieillir(timestamp: int) -> None:
    """Move each offer to the state of its age, every hour."""
    del timestamp
    done = fraicheur.vieillir(au=aujourdhui(), maintenant=maintenant(), parametres=parametres())
    _LOG.info("fraicheur", extra={"nombre": done.a_confirmer + done.expirees})


@app.periodic(cron="17 3 * * *")
@app.task(queue="horloge", name="offres.purger", queueing_lock="offres.purger")
def purger(timestamp: int) -> None:
    """Erase the reports and files of lots after thirteen months."""
    del timestamp
    lots.purger(avant=maintenant() - _KEPT)


@app.periodic(cron="47 3 * * *")
@app.task(queue="horloge", name="offres.purger_photos", queueing_lock="offres.purger_photos")
def purger_photos(timestamp: int) -> None:
    """Erase the pictures of offers long gone, and the files that no picture names."""
    del timestamp
    now = maintenant()
    gone = photos.purger(avant=now - number("photos", "jours_apres_retrait") * _DAY)
    orphans = photos.ramasser(avant=now - _DAY)
    _LOG.info("photos", extra={"nombre": gone + orphans})
