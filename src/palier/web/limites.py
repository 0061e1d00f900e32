"""Rates of the public doors: so many calls by address and period, kept in the memory of the process."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from palier.base.errors import Problem
from palier.web.erreurs import respond

Vue = Callable[..., HttpResponse]


def client_of(request: HttpRequest) -> str:
    """Return the address of the caller, put in its place behind our proxies by a middleware."""
    return str(request.META.get("REMOTE_ADDR") or "local")


def too_many(request: HttpRequest, sorte: str) -> HttpResponse | None:
    """Count a call; return the answer 429 when there are too many, None otherwise."""
    if not settings.LIMITES_DE_DEBIT:
        return None
    most, seconds = settings.DEBITS[sorte]
    window = int(time.time() // seconds)
    name = f"debit:{sorte}:{client_of(request)}:{window}"
    memory = caches["memoire"]
    memory.add(name, 0, seconds + 1)
    try:
        count = memory.incr(name)
    except ValueError:  # the window has just ended
        return None
    if count <= most:
        return None
    answer = respond(
        request,
        429,
        [
            Problem(
                "WEB-429",
                "",
                f"Plus de {most} appels en {seconds} secondes depuis cette adresse.",
                "Attendez le délai indiqué, ou demandez une clé.",
            )
        ],
    )
    answer["Retry-After"] = str(int((window + 1) * seconds - time.time()) + 1)
    return answer


def limite(sorte: str) -> Callable[[Vue], Vue]:
    """Hold a view to a rate (``settings.DEBITS``)."""

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refused = too_many(request, sorte)
            return refused if refused is not None else view(request, *args, **kwargs)

        return limited

    return wrap
