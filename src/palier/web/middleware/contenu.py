"""The content policy of the site: one for all answers, written once at start."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class ContenuMiddleware:
    """Set the policy of ``settings.CONTENT_SECURITY_POLICY`` on every answer.

    The library builds the text anew for each answer, for views that change it; no view of ours does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a request."""
        response = self.get_response(request)
        response[HEADER] = self.policy
        return response
