"""Health and counters, for the operator's monitoring."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from palier import __version__
from palier.web.apps.comptes.droits import droit
from palier.web.mesures import render


@droit("chiffre", "R")
def sante(request: HttpRequest) -> HttpResponse:
    """Tell whether the site and its database answer."""
    del request
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    answer = JsonResponse(
        {"etat": "ok" if database else "panne", "base": database, "version": __version__},
        status=200 if database else 503,
    )
    answer["Cache-Control"] = "no-store"
    return answer


@droit("chiffre", "R")
def mesures(request: HttpRequest) -> HttpResponse:
    """Give the counters of this process to this machine only."""
    if (
        request.META.get("REMOTE_ADDR") not in {"127.0.0.1", "::1", ""}
        or "HTTP_X_FORWARDED_FOR" in request.META
    ):
        raise Http404
    return HttpResponse(render({}), content_type="text/plain; version=0.0.4; charset=utf-8")
