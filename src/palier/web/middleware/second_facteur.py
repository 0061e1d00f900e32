"""Hold the staff at the door until a second factor is in place.

Whoever logs in by password must have a time-based code (TOTP): without one, every door of the staff
leads to its activation. Whoever comes through the organisation's OIDC is trusted to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from palier.web.portes import is_staff_path

_OPEN = re.compile(r"^/(?:en/|ar/|pt/)?compte/")


class SecondFacteurMiddleware:
    """Redirect a logged-in account without second factor to its activation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve, or lead to the activation."""
        if is_staff_path(request) and not _OPEN.match(request.path) and request.user.is_authenticated:
            from allauth.mfa.utils import is_mfa_enabled

            external = request.session.get("account_authentication_methods", [])
            by_oidc = any(method.get("method") == "socialaccount" for method in external)
            if not by_oidc and not is_mfa_enabled(request.user, ["totp"]):
                return redirect("mfa_activate_totp")
        return self.get_response(request)
