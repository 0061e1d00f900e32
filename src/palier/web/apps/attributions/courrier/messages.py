"""The mail of a notice of renewal: a neutral subject, plain text, French first, then the wished language."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from palier.web.apps.attributions.courrier.textes import context
from palier.web.apps.attributions.models import Courrier
from palier.web.components.typographie import typographier


def renewal(courrier: Courrier, adresse: str) -> EmailMessage:
    """Return the mail of a notice; its ``Message-ID`` is that of the row, whatever the attempt."""
    parts = []
    for langue in filter(None, ("fr", courrier.langue)):
        with translation.override(langue):
            text = render_to_string("attributions/courriels/renouvellement.txt", context(courrier))
            parts.append(typographier(text) if langue == "fr" else text)
    with translation.override("fr"):
        subject = _("Un délai approche pour votre dossier")
    host = settings.ADRESSE_PUBLIQUE.split("//")[-1].split(":")[0]
    return EmailMessage(
        subject=subject,
        body="\n\n---\n\n".join(parts),
        to=[adresse],
        headers={"Message-ID": f"<{courrier.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
