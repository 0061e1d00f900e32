"""Give each request an identifier, and write one line of log for it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from palier.web.identifiants import uuid7
from palier.web.mesures import observe

_LOG = logging.getLogger("palier.requete")
_PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(self), gyroscope=(), microphone=(), payment=(), usb=()"
)


class RequeteMiddleware:
    """Outermost middleware: identifier, duration, status, two headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a request."""
        start = time.perf_counter()
        number = str(uuid7())
        request.numero_requete = number  # type: ignore[attr-defined]
        response = self.get_response(request)
        seconds = time.perf_counter() - start
        route = request.resolver_match.route if request.resolver_match else "inconnue"
        observe(request.method or "", route, response.status_code, seconds)
        level = logging.ERROR if response.status_code >= 500 else logging.INFO
        _LOG.log(
            level,
            "requete",
            extra={
                "requete": number,
                "methode": request.method,
                "route": route,
                "statut": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )
        response["X-Requete"] = number
        response.setdefault("Permissions-Policy", _PERMISSIONS)
        return response
