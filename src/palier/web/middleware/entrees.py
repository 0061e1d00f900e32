"""Refuse what no door of ours can read, before any view: NUL, control characters, endless texts and files."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_path, override

from palier.base.errors import Problem
from palier.web.erreurs import respond

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST = 4_000
_HEAVIEST = 101 * 1024 * 1024  # the largest lot, and what its form adds


class EntreesMiddleware:
    """Bounds on the address and its parameters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse with 422, or go on."""
        query = request.META.get("QUERY_STRING", "")
        raw = unquote_to_bytes(query.replace("+", " ")) + request.path.encode("utf-8", "surrogatepass")
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > _HEAVIEST:  # nothing of it is read
            return _refuse(request, "L'envoi dépasse 100 Mo.", 413)
        if len(query) > _LONGEST:
            return _refuse(request, "L'adresse est trop longue.")
        if _CONTROLS.search(raw) or _broken(raw):
            return _refuse(request, "L'adresse contient des caractères illisibles.")
        return self.get_response(request)


def _refuse(request: HttpRequest, constat: str, statut: int = 422) -> HttpResponse:
    """Answer in the language of the address: that of the thread is still the one of the request before."""
    request.META["QUERY_STRING"] = ""  # the links of the page must not carry it on
    with override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        return respond(request, statut, [_problem(constat, statut)])


def _broken(raw: bytes) -> bool:
    """Tell whether bytes are no UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _problem(constat: str, statut: int) -> Problem:
    if statut == 413:
        return Problem("WEB-413", "envoi", constat, "Envoyez le fichier en plusieurs lots.")
    return Problem("WEB-422", "adresse", constat, "Vérifiez l'adresse, ou repartez de l'accueil.")
