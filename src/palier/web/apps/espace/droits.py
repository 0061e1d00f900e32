"""Rights at the doors of the applicant: who has entered, for which request, alone or by a mandate."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from palier.web.apps.espace.models import Compte
from palier.web.apps.espace.queries import comptes
from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.apps.espace.rules.codes import VEILLE, VEILLE_PARTAGE
from palier.web.apps.espace.rules.mandats import LIRE
from palier.web.apps.journal.operations import inscrire
from palier.web.horloge import aujourdhui, maintenant

Vue = Callable[..., HttpResponse]
_CLE = "usager"


def enter(request: HttpRequest, compte: Compte, *, partage: bool) -> None:
    """Open a session of its own: whoever was in this browser has left it."""
    request.session.flush()
    now = maintenant().timestamp()
    request.session[_CLE] = {"compte": str(compte.pk), "vu": now, "partage": partage}


def leave(request: HttpRequest) -> bool:
    """Close the session; tell whether the computer was said to be shared."""
    shared = bool((request.session.get(_CLE) or {}).get("partage"))
    request.session.flush()
    return shared


def entered(request: HttpRequest) -> Compte | None:
    """Return who has entered and is not idle for too long; a member of the staff is nobody here."""
    held = request.session.get(_CLE)
    if not held or request.user.is_authenticated:
        return None
    now = maintenant().timestamp()
    longest = VEILLE_PARTAGE if held.get("partage") else VEILLE
    if now - held["vu"] > longest.total_seconds():
        request.session.flush()
        return None
    request.session[_CLE] = held | {"vu": now}
    return comptes.one(uuid.UUID(held["compte"]))


def refuse(dossier: Dossier, objet: str, objet_id: object) -> NoReturn:
    """Answer that there is nothing there, and leave a line of journal.

    Raises
    ------
    Http404
        Always.
    """
    _note(dossier.compte, objet, objet_id)
    raise Http404


def _note(compte: Compte, objet: str, objet_id: object) -> None:
    inscrire(acteur=compte, verbe="acces.refuser", objet_type=objet, objet_id=str(objet_id)[:80])


def _gate(request: HttpRequest) -> Compte | HttpResponse:
    compte = entered(request)
    if compte is not None:
        return compte
    asked = f"?{urlencode({'suite': request.path})}" if request.method == "GET" else ""
    return redirect(reverse("espace:entrer") + asked)


def usager(objet: str, action: str) -> Callable[[Vue], Vue]:
    """Declare a door of one's own account: the view is called with ``request.usager``."""

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            compte = _gate(request)
            if isinstance(compte, HttpResponse):
                return compte
            request.usager = compte  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        guarded.droit = (objet, action)  # type: ignore[attr-defined]  # read by the test of the matrix
        return guarded

    return wrap


def dossier(objet: str, action: str, portee: str | None = LIRE) -> Callable[[Vue], Vue]:
    """Declare a door of a request: its applicant's, or by a mandate that lets the act pass.

    Parameters
    ----------
    objet, action : str
        A row of ``matrice.yaml``, and ``R``, ``C`` or ``U``.
    portee : str, optional
        What the mandate of an adviser must hold; None: never by a mandate.

    Notes
    -----
    The view is called with the :class:`Dossier`. Not entered: sent to the entry. A mandate that has ended, or
    that is another's: 404 and a line of journal, with the words that the ended one deserves.
    """

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def guarded(
            request: HttpRequest, *args: Any, mandat: uuid.UUID | None = None, **kwargs: Any
        ) -> HttpResponse:
            compte = _gate(request)
            if isinstance(compte, HttpResponse):
                return compte
            request.usager = compte  # type: ignore[attr-defined]
            if mandat is None:
                own = comptes.mine(compte)
                return view(request, own, *args, **kwargs) if own else redirect("espace:rattacher")
            found, known = comptes.entrusted(compte, mandat, aujourdhui())
            if found is None:
                _note(compte, "mandat", mandat)
                if known is None:
                    raise Http404
                return render(request, "espace/mandat_fini.html", {"mandat": known}, status=404)
            if portee is None or not found.may(portee):
                refuse(found, objet, mandat)
            return view(request, found, *args, **kwargs)

        guarded.droit = (objet, action)  # type: ignore[attr-defined]  # read by the test of the matrix
        return guarded

    return wrap
