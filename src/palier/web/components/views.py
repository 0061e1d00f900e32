"""The operator's accent as a style sheet (no inline style anywhere), and the page that shows every part."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from palier.web.components.accent import feuille_accent

_PLANCHES = {name: f"composants_{name}.html" for name in ("accueil", "courrier", "offre")}


@cache_control(public=True, max_age=31_536_000, immutable=True)
def operateur(request: HttpRequest) -> HttpResponse:
    """Return the accent colour of the operator; its value is in the address that asks for it."""
    del request
    sheet = feuille_accent(settings.ENVIRONNEMENT.accent)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def composants(request: HttpRequest) -> HttpResponse:
    """Show every part in all its states; for tests and for who writes pages, never in production."""
    from palier.web.components.exemples import contexte

    if settings.ENVIRONNEMENT.production:
        raise Http404
    page = _PLANCHES.get(request.GET.get("planche", ""), "composants.html")
    return render(request, page, contexte(dense="dense" in request.GET))
