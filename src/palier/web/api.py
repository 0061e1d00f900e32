"""The API: one OpenAPI document, a router per app."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from palier import __version__
from palier.base.errors import Problem
from palier.web.erreurs import problem_json

api = NinjaAPI(
    title="Palier",
    version=__version__,
    description="Offres de logement social à louer et à vendre : lecture ouverte, dépôt par les bailleurs.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 422 with one problem per field, without repeating the values."""
    del request
    problems = [
        Problem(
            "WEB-422", ".".join(str(part) for part in item["loc"]), str(item["msg"]), "Corrigez cette valeur."
        )
        for item in error.errors
    ]
    return problem_json(422, problems)


def add_router(prefix: str, router: Any) -> None:
    """Add the router of an app."""
    api.add_router(prefix, router)
