"""The local outbox, where no mail leaves this machine; unknown in production."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.queries import boite as lecture
from palier.web.horloge import maintenant
from palier.web.reglages.demonstration import COMPTES, DEMANDEUR, SECRET_TOTP

_STEP_S = 30


@require_safe
@droit("boite_locale", "R")
def boite(request: HttpRequest) -> HttpResponse:
    """Show the newest mails of a demonstration."""
    folder = settings.BOITE_LOCALE
    if folder is None or settings.ENVIRONNEMENT.production:
        raise Http404
    context = {
        "courriels": lecture.mails(folder),
        "comptes": _codes(maintenant()),
        "demandeur": DEMANDEUR if settings.ENVIRONNEMENT.mode == "demonstration" else "",
    }
    answer = render(request, "public/boite.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _codes(instant: dt.datetime) -> list[tuple[str, str, str]]:
    """Return the accounts of a demonstration and their second factor of this half minute."""
    if settings.ENVIRONNEMENT.mode != "demonstration":
        return []
    code = format_hotp_value(hotp_value(SECRET_TOTP, int(instant.timestamp()) // _STEP_S))
    return [(compte.courriel, compte.libelle, code) for compte in COMPTES]
