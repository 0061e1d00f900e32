"""What the operations of the API share: the program that acts, calls sent twice, answers, pages by key."""

import hashlib
import json
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError

from palier.base.errors import InputError, Problem
from palier.web.apps.attributions.models import AppelApi
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.offres.cle_api import CleBearer
from palier.web.apps.organismes.models import CleApi
from palier.web.erreurs import problem_json
from palier.web.horloge import aujourdhui, maintenant
from palier.web.postgres.perimetre import perimetre

__all__ = ["aujourdhui", "maintenant"]
LIRE, ECRIRE, ADMINISTRER = "attributions:lire", "attributions:ecrire", "attributions:administrer"
cles = CleBearer()
_LONGEST_NAME = 80


def key_of(request: HttpRequest, portee: str) -> CleApi:
    """Return the key of a program.

    Raises
    ------
    HttpError
        403: it has not this scope.
    """
    key: CleApi = request.auth  # type: ignore[attr-defined]  # set by ninja after authenticate
    if portee not in key.portees:
        raise HttpError(403, "La clé n'a pas cette portée.")
    return key


def actor_of(request: HttpRequest, portee: str = ECRIRE) -> Acteur:
    """Return the program as it acts: as an agent, or as the responsible where its key says so."""
    key = key_of(request, portee)
    role = "admin_bailleur" if portee == ADMINISTRER else "agent_bailleur"
    return Acteur(f"cle:{key.prefixe}", role, (key.organisme_id,), origine="api")


def opened(request: HttpRequest, portee: str = LIRE) -> Any:
    """Open the perimeter of a key."""
    return perimetre(organismes=[key_of(request, portee).organisme_id])


def missing(request: HttpRequest, objet: str, pk: object) -> None:
    """Answer 404 with a line of journal; outside of any perimeter."""
    key: CleApi = request.auth  # type: ignore[attr-defined]
    refuser(request, objet, pk, acteur=f"cle:{key.prefixe}", origine="api")


def answer(body: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return JSON."""
    text = json.dumps(body, ensure_ascii=False, default=str)
    return HttpResponse(text, content_type="application/json", status=status)


def page(rows: QuerySet[Any], apres: uuid.UUID | None, limite: int) -> tuple[list[Any], str | None]:
    """Return a page in the order of the keys, and the key of the next one."""
    if apres is not None:
        rows = rows.filter(pk__gt=apres)
    found = list(rows.order_by("pk")[: limite + 1])
    return found[:limite], str(found[limite - 1].pk) if len(found) > limite else None


def acte(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Do a writing call once: with the same ``Idempotency-Key``, it is answered as the first time.

    What does not exist within reach is 404; the operation has left its line of journal.
    """

    @wraps(view)
    def once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.headers.get("Idempotency-Key", "")
        if not name:
            return _found(view, request, *args, **kwargs)
        if len(name) > _LONGEST_NAME or not (name.isascii() and name.isprintable()):
            return problem_json(422, [_problem("ATR-200")])
        return _replayed(view, request, name, *args, **kwargs)

    return once


def _found(view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(*args, **kwargs)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _replayed(
    view: Callable[..., HttpResponse], request: HttpRequest, name: str, *args: Any, **kwargs: Any
) -> HttpResponse:
    key: CleApi = request.auth  # type: ignore[attr-defined]
    sent = f"{request.method} {request.get_full_path()}\n".encode() + request.body
    mark = hashlib.sha256(sent).hexdigest()
    caught: Exception | None = None
    made: HttpResponse | None = None
    with perimetre(organismes=[key.organisme_id]):
        with connection.cursor() as cursor:  # a second call waits for the end of the first
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{key.pk}:{name}"])
        held = AppelApi.objects.filter(cle=key, nom=name).first()
        if held is not None:
            if held.empreinte != mark:
                return problem_json(422, [_problem("ATR-201")])
            return answer(held.reponse, held.statut)
        try:
            made = _found(view, request, *args, **kwargs)
        except (InputError, Http404, HttpError) as error:
            caught = error  # the line of journal of a refusal stays
        else:
            if made.status_code < 300:
                AppelApi.objects.create(
                    cle=key, organisme_id=key.organisme_id, nom=name, empreinte=mark,
                    statut=made.status_code, reponse=json.loads(made.content), le=maintenant(),
                )  # fmt: skip
    if caught is not None:
        raise caught
    assert made is not None
    return made


def _problem(code: str) -> Problem:
    if code == "ATR-200":
        return Problem(
            code, "Idempotency-Key", "La clé d'idempotence n'est pas lisible.",
            "Donnez 80 caractères ASCII au plus.",
        )  # fmt: skip
    return Problem(
        code, "Idempotency-Key", "Cette clé d'idempotence a déjà servi à un autre appel.",
        "Donnez une clé par acte.",
    )  # fmt: skip
