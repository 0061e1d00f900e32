"""Tell each request of the staff in which role it acts: ``request.fonction``."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from palier.web.apps.organismes.queries import active_functions
from palier.web.horloge import aujourdhui
from palier.web.portes import is_staff_path

CLE_SESSION = "fonction"


class FonctionMiddleware:
    """Set ``request.fonction`` and ``request.fonctions`` on the doors of the staff."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the function kept in the session, else the first held."""
        request.fonction, request.fonctions = None, []  # type: ignore[attr-defined]
        if is_staff_path(request) and request.user.is_authenticated:
            held = active_functions(request.user, aujourdhui())
            wanted = request.session.get(CLE_SESSION, "")
            chosen = [f for f in held if f"{f.role}:{f.organisme_id}" == wanted] or held[:1]
            request.fonctions = held  # type: ignore[attr-defined]
            request.fonction = chosen[0] if chosen else None  # type: ignore[attr-defined]
        return self.get_response(request)
