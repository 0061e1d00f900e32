"""End a session of the staff after twelve hours, however busy (thirty idle minutes end it before)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from palier.web.horloge import maintenant
from palier.web.portes import is_staff_path

_LONGEST = 12 * 3_600


class DureeMiddleware:
    """Ask for a new login twelve hours after the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, or end the session."""
        if is_staff_path(request) and request.user.is_authenticated:
            records = request.session.get("account_authentication_methods") or []
            if records and maintenant().timestamp() - records[0]["at"] > _LONGEST:
                logout(request)
                messages.info(request, _("Votre session a duré douze heures : entrez de nouveau."))
                return redirect_to_login(request.path)
        return self.get_response(request)
