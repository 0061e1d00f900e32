"""Rights at the door: each view says its object and action; outside the perimeter is 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from palier.web.apps.comptes.rules import matrice, scope
from palier.web.apps.journal.operations import inscrire

Vue = Callable[..., HttpResponse]


class Fonctions(Protocol):
    """Where an account acts: given to requests by the app ``organismes``."""

    @property
    def role(self) -> str:
        """The role held."""

    @property
    def organisme_id(self) -> Any:
        """The organisme in whose name; None for none."""


def refuser(
    request: HttpRequest, objet: str, objet_id: object = "", *, acteur: str = "", origine: str = "site"
) -> NoReturn:
    """Answer 404 to a member of the staff, or a program, outside its perimeter, and leave a line of journal.

    Parameters
    ----------
    request : HttpRequest
        Its user is the actor; its function gives the organisme.
    objet : str
        A row of ``matrice.yaml``.
    objet_id : object, optional
        Id of what was asked for; the name of the view where none is known.
    acteur : str
        Program that acts (``cle:…``), where it is no person.
    origine : str
        Door.

    Raises
    ------
    Http404
        Always: the answer is that of something that does not exist.
    """
    fonction = getattr(request, "fonction", None)
    name = request.resolver_match.view_name if request.resolver_match else ""
    inscrire(
        acteur=acteur or (request.user if request.user.is_authenticated else "programme"),
        verbe="acces.refuser",
        objet_type=objet,
        objet_id=str(objet_id or name)[:80],
        organisme=getattr(fonction, "organisme_id", "") or "",
        origine=origine,
    )
    raise Http404


def reaches(request: HttpRequest, objet: str, action: str, organisme_id: object) -> bool:
    """Tell whether the function of a request reaches an object of an organisme."""
    fonction: Fonctions | None = getattr(request, "fonction", None)
    if fonction is None:
        return False
    found = scope(fonction.role, objet, action)
    return found == "partout" or (found == "perimetre" and str(fonction.organisme_id) == str(organisme_id))


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
    The view is called with ``request.fonction`` (role and organisme) set, by the middleware for a person,
    by the key for a program. Anonymous: sent to the login page; without the right: 404, and a line of
    journal. Whether an object lies in the perimeter is for the view to ask (:func:`reaches`,
    :func:`refuser`).
    """
    if objet not in matrice():
        raise KeyError(objet)

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if scope("public", objet, action):
                return view(request, *args, **kwargs)
            fonction: Fonctions | None = getattr(request, "fonction", None)
            if fonction is None and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if fonction is None or scope(fonction.role, objet, action) is None:
                refuser(request, objet)
            return view(request, *args, **kwargs)

        guarded.droit = (objet, action)  # type: ignore[attr-defined]  # read by the test of the matrix
        return guarded

    return wrap


def compte(view: Vue) -> Vue:
    """Declare a door of one's own account: being logged in is enough, whatever the function held."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.droit = ("compte", "R")  # type: ignore[attr-defined]  # read by the test of the matrix
    return guarded
