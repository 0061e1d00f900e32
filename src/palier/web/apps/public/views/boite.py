"""The local outbox, where no mail leaves this machine; unknown in production."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.queries import boite as lecture


@require_safe
@droit("boite_locale", "R")
def boite(request: HttpRequest) -> HttpResponse:
    """Show the newest mails of a demonstration."""
    folder = settings.BOITE_LOCALE
    if folder is None or settings.ENVIRONNEMENT.production:
        raise Http404
    answer = render(request, "public/boite.html", {"courriels": lecture.mails(folder)})
    answer["Cache-Control"] = "no-store"
    return answer
