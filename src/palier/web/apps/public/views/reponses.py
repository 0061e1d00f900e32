"""How public pages are answered: shared by caches for a moment, asked again at no cost."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

MINUTE, HEURE, JOUR = 60, 3_600, 86_400


def etag_of(*parts: object) -> str:
    """Return the entity tag of what these parts say."""
    text = "\x1f".join(str(part) for part in parts)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def absolute(chemin: str) -> str:
    """Return the public address of a path of the site."""
    return f"{settings.ADRESSE_PUBLIQUE}{chemin}"


def page(
    request: HttpRequest, gabarit: str, contexte: dict[str, Any], *, statut: int = 200, secondes: int = MINUTE
) -> HttpResponse:
    """Render a page that anybody may see, with its tag; 304 to who holds it already."""
    response = HttpResponse(render_to_string(gabarit, contexte, request), status=statut)
    if statut == 200 and request.method in {"GET", "HEAD"}:
        return cached(request, response, secondes=secondes)
    response["Cache-Control"] = "no-store"
    return response


def cached(
    request: HttpRequest,
    response: HttpResponse,
    *,
    secondes: int = MINUTE,
    etag: str = "",
    modifie: float | None = None,
) -> HttpResponse:
    """Give a response its tag, its date and its time in caches; 304 to who holds it already."""
    response["ETag"] = etag or etag_of(response.content)
    response["Cache-Control"] = f"public, max-age={secondes}"
    last = None if modifie is None else int(modifie)
    if last is not None:
        response["Last-Modified"] = http_date(last)
    found = get_conditional_response(request, etag=response["ETag"], last_modified=last, response=response)
    return found or response
