"""The background of the map, when the operator gives a file: read by parts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from palier.formats import pmtiles
from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.rules.plages import Plage, parse_plage
from palier.web.apps.public.views.reponses import JOUR, cached, etag_of
from palier.web.limites import limite

_TYPE = "application/vnd.pmtiles"


@require_safe
@limite("fond")
@droit("lieu", "R")
def fond(request: HttpRequest) -> HttpResponse:
    """Give the bytes asked for: 206, 416 beyond the end, the whole file without a range."""
    background = settings.ENVIRONNEMENT.fond
    archive = pmtiles.state_of(background.fichier) if background and background.fichier else None
    if archive is None:
        raise Http404
    tag = etag_of(archive.octets, archive.modifie_ns)
    asked = request.headers.get("Range", "")
    if request.method == "HEAD" or request.headers.get("If-Range", tag) != tag:
        asked = ""  # the file has changed: parts of both would not fit
    try:
        part = parse_plage(asked, archive.octets)
    except ValueError:
        return _headed(HttpResponse(status=416), f"bytes */{archive.octets}")
    whole = Plage(0, archive.octets - 1)
    held = cached(request, HttpResponse(), secondes=JOUR, etag=tag)
    if held.status_code != 200:
        return held
    # Compressed, the bytes would not be those of the range.
    request.META["HTTP_ACCEPT_ENCODING"] = ""
    sent = part or whole
    pieces = () if request.method == "HEAD" else pmtiles.read_part(archive, sent.debut, sent.fin)
    answer = StreamingHttpResponse(pieces, content_type=_TYPE, status=206 if part else 200)
    answer["Content-Length"] = str(sent.octets)
    for name in ("ETag", "Cache-Control"):
        answer[name] = held[name]
    limits = f"bytes {part.debut}-{part.fin}/{archive.octets}" if part else ""
    return _headed(answer, limits)  # type: ignore[arg-type]  # a response too


def _headed(answer: HttpResponse, plage: str) -> HttpResponse:
    answer["Accept-Ranges"] = "bytes"
    if plage:
        answer["Content-Range"] = plage
    return answer
