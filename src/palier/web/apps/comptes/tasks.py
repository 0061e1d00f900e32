"""Letters to accounts, written by the worker: the time of an answer never tells whether an account exists."""

from __future__ import annotations

import uuid

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from palier.web.apps.comptes import jetons
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.comptes.operations import TACHE_COURRIEL

LETTRES = ("invitation", "reinitialisation", "avis", "facteur_retire")


@app.task(name=TACHE_COURRIEL, queue="courriel", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def envoyer(utilisateur: str, lettre: str) -> None:
    """Write a letter to an account; nothing for an account that does not exist or is closed."""
    found = Utilisateur.objects.filter(pk=uuid.UUID(utilisateur), is_active=True).first()
    if found is None or lettre not in LETTRES:
        return
    with override("fr"):
        context = {
            "operateur": settings.ENVIRONNEMENT,
            "nom": found.nom,
            "adresse": settings.ADRESSE_PUBLIQUE,
            "lien": settings.ADRESSE_PUBLIQUE + _path(found, lettre),
            "heures": jetons.VALIDITE_HEURES,
        }
        body = render_to_string(f"comptes/courriels/{lettre}.txt", context)
        subject = _("Votre accès à %(site)s") % {"site": settings.ENVIRONNEMENT.operateur}
    EmailMessage(subject, body, to=[found.courriel]).send()


def _path(found: Utilisateur, lettre: str) -> str:
    """Return the path that a letter leads to."""
    if lettre == "invitation":
        return reverse("compte_invitation", args=[jetons.invitation(found)])
    if lettre == "reinitialisation":
        key = default_token_generator.make_token(found)
        return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(found), key])
    return reverse("account_login")
