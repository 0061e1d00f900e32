"""The API: one OpenAPI document, a router per app."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from palier import __version__
from palier.base.errors import Problem
from palier.web.apps.attributions.api import router as attributions_router
from palier.web.apps.offres.api import router as offres_router
from palier.web.apps.offres.api_photos import router as photos_router
from palier.web.apps.territoires.api import router as lieux_router
from palier.web.erreurs import problem_json
from palier.web.saisies import french_problems

_FIRST_ERROR, _PROBLEM = 400, "application/problem+json"

_CODES = {401: "WEB-401", 403: "WEB-403", 404: "WEB-404", 422: "WEB-422", 429: "WEB-429"}


class DocumentedAPI(NinjaAPI):
    """The API, whose document says that problems are ``problem+json``."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document, errors under the media type in which they are answered."""
        found = super().get_openapi_schema(**options)
        for methods in found["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= _FIRST_ERROR and "application/json" in answer.get("content", {}):
                        answer["content"] = {_PROBLEM: answer["content"]["application/json"]}
        return found


api = DocumentedAPI(
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
    return problem_json(422, french_problems(error.errors))


@api.exception_handler(AuthenticationError)
def unauthenticated(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 401."""
    del request, error
    answer = problem_json(
        401,
        [
            Problem(
                "WEB-401", "Authorization", "La clé manque ou n'est pas valable.", "Donnez une clé en cours."
            )
        ],
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a refusal of a view, or a body that is no JSON."""
    del request
    problem = Problem(_CODES.get(error.status_code, "WEB-400"), "", str(error), "Vérifiez la demande.")
    if error.status_code == _FIRST_ERROR:
        problem = Problem(
            "WEB-400", "corps", "Le corps de la demande est illisible.", "Envoyez du JSON, en UTF-8."
        )
    return problem_json(error.status_code, [problem])


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer 404, the same for what does not exist and for what is out of reach."""
    del request, error
    return problem_json(404, [Problem("WEB-404", "", "Introuvable.", "Vérifiez l'adresse et la clé.")])


api.add_router("/v1", offres_router)
api.add_router("/v1", photos_router)
api.add_router("/v1", lieux_router)
api.add_router("/v1/attributions", attributions_router)
