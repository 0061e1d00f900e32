"""Rights at the door: each view says its object and action; outside the perimeter is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from palier.web.apps.comptes.rules import matrice, scope

Vue = Callable[..., HttpResponse]


class Fonctions(Protocol):
    """Where an account acts: given to requests by the app ``organismes``."""

    role: str
    organisme_id: Any


def droit(objet: str, action: str) -> Callable[[Vue], Vue]:
    """Declare what a view does, and demand it before the view runs.

    Parameters
    ----------
    objet : str
        A row of ``matrice.yaml``.
    action : str
        ``R``, ``C`` or ``U``.

    Notes
    -----
    The view is called with ``request.fonction`` (role and organisme) set. Anonymous: sent to the login
    page; logged in without the right: 404, and a line of journal.
    """
    if objet not in matrice():
        raise KeyError(objet)

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if scope("public", objet, action):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            fonction = getattr(request, "fonction", None)
            if fonction is None or scope(fonction.role, objet, action) is None:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.droit = (objet, action)  # type: ignore[attr-defined]  # read by the test of the matrix
        return guarded

    return wrap
