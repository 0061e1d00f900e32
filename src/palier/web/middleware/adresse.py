"""Put the address of the caller in its place behind reverse proxies: limits count callers, not proxies."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class AdresseMiddleware:
    """Set ``REMOTE_ADDR`` to what the outermost trusted proxy saw.

    ``PALIER_MANDATAIRES`` says how many proxies of ours stand in front; each adds the address that it
    saw at the end of ``X-Forwarded-For``. What the caller wrote before is never read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, with the caller's own address."""
        count = settings.ENVIRONNEMENT.mandataires
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if count and len(seen) >= count and _is_address(seen[-count]):
            request.META["REMOTE_ADDR"] = seen[-count]
        return self.get_response(request)


def _is_address(texte: str) -> bool:
    """Tell whether a text is an IP address."""
    try:
        ip_address(texte)
    except ValueError:
        return False
    return True
