"""Outlines as files of the site: compressed once, named by their content."""

from __future__ import annotations

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.territoires import queries

_DAY, _YEAR = 86_400, 31_536_000


@require_safe
@droit("lieu", "R")
def contours(request: HttpRequest, nom: str) -> HttpResponse:
    """Return the outlines of a department, or of the departments of the country."""
    digest = queries.digest_of(nom)
    packed = queries.contours_of(nom) if digest else None
    if not digest or packed is None:
        raise Http404
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{digest[:32]}{"-gz" if zipped else ""}"'
    response = HttpResponse(content_type="application/geo+json")
    response["ETag"] = etag
    known = request.GET.get("v") == digest[:12]
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if known else f"public, max-age={_DAY}"
    response.content = packed if zipped else gzip.decompress(packed)
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response) or response
