"""Sessions and their cookie only where somebody logs in: the public is never followed."""

from __future__ import annotations

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from palier.web.portes import is_applicant_path, is_staff_path


class SessionParesseuseMiddleware(SessionMiddleware):
    """A session where somebody logs in; an empty one that is never saved elsewhere."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set its cookie on the doors of the staff and of the applicants only."""
        if is_staff_path(request) or is_applicant_path(request):
            response.setdefault("Cache-Control", "private, no-store")  # a shared machine keeps nothing
            return super().process_response(request, response)
        return response
