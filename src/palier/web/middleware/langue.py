"""Pages of agents exist in French and in English: elsewhere they are French, and say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from palier.web.portes import is_staff_path

LANGUES_AGENTS = ("fr", "en")


class LangueMiddleware:
    """Show the pages of agents in French where they have no translation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the address choose the page; ``process_view`` comes after it."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Fall back to French once the address, language included, is resolved."""
        asked = translation.get_language() or "fr"
        if asked not in LANGUES_AGENTS and is_staff_path(request):
            request.langue_absente = asked  # type: ignore[attr-defined]
            translation.activate("fr")
            request.LANGUAGE_CODE = "fr"
