"""Jobs of allocations: what time does to them."""

from __future__ import annotations

import logging
import uuid
from contextlib import suppress
from dataclasses import asdict

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from palier.web.apps.attributions.operations import annonces, rappels
from palier.web.apps.attributions.operations.horloge import passer
from palier.web.apps.attributions.queries.echeances import landlords
from palier.web.apps.demandes.queries.echeances import territories
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


@app.periodic(cron="11 5 * * *")
@app.task(queue="horloge", name="attributions.rappels", queueing_lock="attributions.rappels")
def preparer_rappels(timestamp: int) -> None:
    """Prepare attestations and notices of renewal, and hand over those that leave by mail."""
    del timestamp
    for code in territories():
        done = rappels.preparer(territoire=code, maintenant=maintenant())
        for courrier in done.courriels:
            with suppress(AlreadyEnqueued):  # handed over by the run before, not sent yet
                envoyer_avis.configure(queueing_lock=f"courrier:{courrier}").defer(
                    courrier=str(courrier), territoire=code
                )
        _LOG.info("rappels", extra={"nombre": done.attestations + done.renouvellements})


@app.task(queue="courriels", name="attributions.envoyer_avis", retry=5)
def envoyer_avis(courrier: str, territoire: str) -> None:
    """Send one notice of renewal."""
    rappels.envoyer(courrier=uuid.UUID(courrier), territoire=territoire, maintenant=maintenant())


class LivraisonEnAttente(Exception):
    """A call that the other side did not take: to be tried again."""


@app.task(
    queue="annonces",
    name="attributions.livrer",
    retry=RetryStrategy(max_attempts=annonces.ESSAIS_MAX, exponential_wait=4),
)
def livrer_annonce(organisme: str, livraison: str) -> None:
    """Try a delivery; the wait grows at each failure, some eighteen hours before the last try."""
    done = annonces.livrer(
        organisme=uuid.UUID(organisme), livraison=uuid.UUID(livraison), maintenant=maintenant()
    )
    if not done:
        raise LivraisonEnAttente


def _leave(organisme: uuid.UUID, livraison: uuid.UUID) -> None:
    livrer_annonce.defer(organisme=str(organisme), livraison=str(livraison))


annonces.declare_depart(_leave)


@app.periodic(cron="17 3 * * *")
@app.task(queue="horloge", name="attributions.oublier", queueing_lock="attributions.oublier")
def oublier_appels(timestamp: int) -> None:
    """Forget, each night, calls and deliveries that nobody will ask for again."""
    del timestamp
    for bailleur in landlords():
        annonces.oublier(organisme=bailleur, maintenant=maintenant())
