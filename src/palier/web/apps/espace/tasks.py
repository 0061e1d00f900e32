"""Mails with a code, written by the worker: neither the queue nor its log can read them."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palier.web.apps.comptes.chiffrement import decrypt
from palier.web.apps.espace.operations.entree import TACHE_CODE
from palier.web.apps.espace.operations.menage import purge
from palier.web.horloge import maintenant


@app.periodic(cron="23 3 * * *")
@app.task(name="espace.menage", queue="horloge", queueing_lock="espace.menage")
def menage(timestamp: int) -> None:
    """Forget old challenges, each night."""
    del timestamp
    purge(maintenant())


LETTRES = ("code_entree", "code_lien", "mandat_donne", "acte_accompagnant")


@app.task(name=TACHE_CODE, queue="courriel", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def envoyer_code(ferme: str) -> None:
    """Write a mail; nothing where there is no address."""
    told = json.loads(decrypt(ferme))
    if not told["courriel"] or told["lettre"] not in LETTRES:
        return
    with override(told["langue"]):
        body = render_to_string(
            f"espace/courriels/{told['lettre']}.txt",
            {
                "code": told.get("code", ""),
                "operateur": settings.ENVIRONNEMENT,
                "adresse": settings.ADRESSE_PUBLIQUE,
            },
        )
        subject = _("Votre espace sur %(site)s") % {"site": settings.ENVIRONNEMENT.operateur}
    EmailMessage(subject, body, to=[told["courriel"]]).send()
