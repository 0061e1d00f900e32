"""Jobs of the public site: digests of alerts, their upkeep, jobs whose worker died."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress

from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palier.web.apps.cotation.queries.grilles import in_force
from palier.web.apps.demandes.queries.echeances import territories
from palier.web.apps.public.operations import alertes, bilans, calcul, commissions, publications
from palier.web.horloge import aujourdhui, maintenant

_LOG = logging.getLogger("palier.alertes")


@app.periodic(cron="*/10 6-20 * * *")
@app.task(queue="courriels", name="public.preparer_alertes", queueing_lock="public.preparer_alertes")
def preparer_alertes(timestamp: int) -> None:
    """Write the digests of the day and hand each one to be sent."""
    del timestamp
    found = alertes.preparer(maintenant=maintenant())
    for envoi in found:
        with suppress(AlreadyEnqueued):  # handed over by the run before, not sent yet
            envoyer_alerte.configure(queueing_lock=f"envoi:{envoi}").defer(envoi_id=str(envoi))
    _LOG.info("alertes", extra={"nombre": len(found)})


@app.task(queue="courriels", name="public.envoyer_alerte", retry=5)
def envoyer_alerte(envoi_id: str) -> None:
    """Send one digest."""
    alertes.envoyer(envoi_id=uuid.UUID(envoi_id), maintenant=maintenant())


@app.task(
    name=alertes.TACHE_LETTRE,
    queue=alertes.FILE_LETTRES,
    pass_context=True,
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def ecrire_lettre(context: JobContext, alerte_id: str, lettre: str) -> None:
    """Send a letter of an alert: to confirm it, to say that it runs, to ask whether to go on."""
    alertes.ecrire(alerte_id=uuid.UUID(alerte_id), lettre=lettre, numero=context.job.id or 0)


@app.periodic(cron="37 4 * * *")
@app.task(queue="horloge", name="public.entretenir_alertes", queueing_lock="public.entretenir_alertes")
def entretenir_alertes(timestamp: int) -> None:
    """Erase what has lived, and ask whether to go on."""
    del timestamp
    done = alertes.entretenir(maintenant=maintenant())
    _LOG.info("entretien", extra={"nombre": done["effacees"]})


@app.periodic(cron="20 3 * * *")
@app.task(queue="horloge", name="public.publier_donnees", queueing_lock="public.publier_donnees")
def publier_donnees(timestamp: int) -> None:
    """Write the open files of the day, and what changed since the day before."""
    del timestamp
    publications.publier(au=aujourdhui())
    _LOG.info("publication")


@app.periodic(cron="40 5 * * *")
@app.task(queue="horloge", name="public.chiffres_du_mois", queueing_lock="public.chiffres_du_mois")
def calculer_chiffres(timestamp: int) -> None:
    """Hand over each territory whose figures of the month are missing, once it has a grid in force."""
    del timestamp
    for code in territories():
        if calcul.due(code, aujourdhui()) and in_force(code, aujourdhui()) is not None:
            with suppress(AlreadyEnqueued):
                calculer_territoire.configure(queueing_lock=f"chiffres:{code}").defer(territoire=code)


@app.periodic(cron="50 5 * * *")
@app.task(queue="horloge", name="public.publier_bilans", queueing_lock="public.publier_bilans")
def publier_bilans(timestamp: int) -> None:
    """Publish the half-years of each territory that are over and complete, once."""
    del timestamp
    commissions.publier_seances(maintenant=maintenant())
    for code in territories():
        made = bilans.publier_bilans(territoire=code, au=aujourdhui(), maintenant=maintenant())
        _LOG.info("bilans", extra={"nombre": len(made)})


@app.task(queue="lots", name="public.calculer_chiffres", retry=2)
def calculer_territoire(territoire: str) -> None:
    """Compute and publish the figures of a territory; after a failure the former ones stay."""
    done = calcul.calculer(territoire=territoire, maintenant=maintenant(), origine="tache")
    _LOG.info("chiffres", extra={"nombre": done.publie.files})


@app.periodic(cron="7 * * * *")
@app.task(queue="horloge", name="public.publier_seances", queueing_lock="public.publier_seances")
def publier_seances(timestamp: int) -> None:
    """Bring the public calendar of the commissions up to date, and add the extracts of new minutes."""
    del timestamp
    done = commissions.publier_seances(maintenant=maintenant())
    _LOG.info("seances", extra={"nombre": done.seances + done.extraits})


@app.periodic(cron="*/5 * * * *")
@app.task(queue="horloge", name="public.reprendre", queueing_lock="public.reprendre", pass_context=False)
async def reprendre(timestamp: int) -> None:
    """Give back to the queue the jobs whose worker died in the middle: it gives no sign of life any more."""
    del timestamp
    silence = settings.ENVIRONNEMENT.reprise_s
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        await app.job_manager.retry_job(job)
