"""Pictures of offers for everybody: what an address gives never changes, so that it is asked once."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from palier.web.apps.comptes.droits import droit
from palier.web.apps.offres.queries.photos import content_of, public_photo
from palier.web.apps.public.views.reponses import JOUR

_FOR_EVER = f"public, max-age={365 * JOUR}, immutable"


@require_safe
@droit("offre_publiee", "R")
def photo(request: HttpRequest, identifiant: uuid.UUID, largeur: int) -> HttpResponse:
    """Give a picture of an offer on line, in one of its widths."""
    found = public_photo(identifiant)
    content = content_of(found, largeur) if found else None
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="image/webp")
    response["Cache-Control"], response["ETag"] = _FOR_EVER, f'"{identifiant}-{largeur}"'
    response["Content-Disposition"] = "inline"
    request.META["HTTP_ACCEPT_ENCODING"] = ""  # a picture does not shrink any more
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
