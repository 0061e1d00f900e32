"""Sessions and their cookie only where somebody logs in: the public is never followed."""

from __future__ import annotations

import re

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

_ESPACE = re.compile(r"^/(?:en/|ar/|pt/)?ma-demande(?:/|$)")
_STAFF = re.compile(r"^/(?:en/|ar/|pt/)?(?:agents|compte|api/interne)(?:/|$)")


class SessionParesseuseMiddleware(SessionMiddleware):
    """A session where somebody logs in; an empty one that is never saved elsewhere."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set its cookie on the doors of the staff and of the applicants only."""
        if _STAFF.match(request.path) or _ESPACE.match(request.path):
            response.setdefault("Cache-Control", "private, no-store")  # a shared machine keeps nothing
            return super().process_response(request, response)
        return response


def is_staff_path(request: HttpRequest) -> bool:
    """Tell whether an address belongs to the doors of the staff."""
    return bool(_STAFF.match(request.path))
