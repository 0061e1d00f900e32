"""Turn the errors of the house, and those of the database about data, into answers that explain."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from palier.base.errors import PalierError, Problem
from palier.web.erreurs import respond, status_of


class ErreursMiddleware:
    """Innermost middleware: sees the exceptions of the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for errors that we know; let the others become 500."""
        if isinstance(exception, PalierError):
            return respond(request, status_of(exception), exception.problems)
        if isinstance(exception, DataError | UnicodeEncodeError):
            return respond(
                request,
                422,
                [
                    Problem(
                        "WEB-422", "", "Une valeur sort de ce que Palier sait ranger.", "Vérifiez la saisie."
                    )
                ],
            )
        return None
