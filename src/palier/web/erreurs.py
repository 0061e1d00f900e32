"""Answers to errors: a page for a person, ``problem+json`` (RFC 9457) for a program."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.base.errors import (
    DisclosureError,
    DroitError,
    LoiError,
    PalierError,
    Problem,
    RefusalError,
    RuleFileError,
    TableError,
)
from palier.web.components.actifs import chemin_actif

_STATUS: tuple[tuple[type[PalierError], int], ...] = (
    (DisclosureError, 409),
    (DroitError, 403),
    (RefusalError, 409),
    (LoiError, 409),
    (RuleFileError, 422),
    (TableError, 422),
)
_TITLES = {  # French source texts, marked for the catalogues
    400: noop("Demande illisible"),
    401: noop("Identification nécessaire"),
    403: noop("Accès refusé"),
    404: noop("Page introuvable"),
    405: noop("Geste impossible ici"),
    409: noop("Acte impossible"),
    412: noop("Une version plus récente existe"),
    413: noop("Envoi trop gros"),
    415: noop("Format non reconnu"),
    422: noop("Saisie à corriger"),
    429: noop("Trop de demandes en peu de temps"),
    500: noop("Le service a eu un problème"),
    503: noop("Service momentanément arrêté"),
}


def status_of(error: PalierError) -> int:
    """Return the HTTP status of an error of the house."""
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    return 422 if error.exit_code != PalierError.exit_code else 500


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the caller is a program."""
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")


def problem_json(statut: int, problemes: Sequence[Problem]) -> JsonResponse:
    """Return ``problem+json``: title, status, and each problem."""
    return JsonResponse(
        {
            "title": _TITLES.get(statut, _TITLES[400]),
            "status": statut,
            "problemes": [problem.to_dict() for problem in problemes],
        },
        status=statut,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def respond(request: HttpRequest, statut: int, problemes: Sequence[Problem] = ()) -> HttpResponse:
    """Return the answer to an error, for a person or for a program."""
    if wants_json(request):
        return problem_json(statut, problemes)
    context = {"statut": statut, "titre": _(_TITLES.get(statut, _TITLES[400])), "problemes": problemes}
    return render(request, "erreur.html", context, status=statut)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer to a form whose token has expired or is missing."""
    del reason
    problem = Problem(
        "WEB-403",
        "formulaire",
        "La page est restée ouverte trop longtemps, ou les cookies sont coupés.",
        "Rechargez la page, puis envoyez de nouveau.",
    )
    return respond(request, 403, [problem])


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    del exception
    return respond(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    del exception
    return respond(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    del exception
    return respond(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429 to someone who tries too often."""
    problem = Problem(
        "WEB-429", "", "Vous avez essayé trop souvent en peu de temps.", "Attendez un quart d'heure."
    )
    answer = respond(request, 429, [problem])
    answer["Retry-After"] = "900"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database nor any template that could fail in turn."""
    if wants_json(request):
        return problem_json(500, [])
    sheet = escape(f"{settings.STATIC_URL}{chemin_actif('site.css')}")
    return HttpResponse(
        "<!doctype html><html lang='fr'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<link rel='stylesheet' href='{sheet}'><title>Le service a eu un problème</title>"
        "<main><div class='container'><div class='tete'><h1>Le service a eu un problème</h1></div>"
        "<p>Rien n'est perdu : ce qui était enregistré le reste. Les délais légaux ne changent pas. "
        "Réessayez dans quelques minutes.</p><p><a href='/'>Retour à l'accueil</a></p></div></main></html>",
        status=500,
    )
