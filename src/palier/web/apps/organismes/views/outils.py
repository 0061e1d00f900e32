"""What the pages of the staff share: who asks, which organisme, errors of an operation on a form."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from palier.base.errors import InputError
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.queries import FonctionActive

PAR_PAGE = 50


def fonction_of(request: HttpRequest) -> FonctionActive:
    """Return the function under which a request of the staff acts."""
    found: FonctionActive = request.fonction  # type: ignore[attr-defined]
    return found


def perimeter(request: HttpRequest, objet: str) -> uuid.UUID | None:
    """Return the organisme that bounds what a function reads of a kind of object; None where it reaches all.

    Parameters
    ----------
    objet : str
        A row of ``matrice.yaml``.

    Raises
    ------
    Http404
        The function is bound to an organisme and has none; a line of journal says so.
    """
    fonction = fonction_of(request)
    if scope(fonction.role, objet, "R") == "partout":
        return None
    if fonction.organisme_id is None:
        refuser(request, objet)
    return fonction.organisme_id


def key_of(request: HttpRequest, nom: str = "apres") -> uuid.UUID | None:
    """Return the key of a page, None where it is absent or no key."""
    try:
        return uuid.UUID(request.GET.get(nom, ""))
    except ValueError:
        return None


def hold(form: forms.BaseForm, error: InputError) -> None:
    """Say the problems of an operation above a form."""
    for problem in error.problems:
        form.add_error(None, f"{problem.constat} {problem.que_faire}")


def say(request: HttpRequest, error: InputError) -> None:
    """Say the problems of an operation that has no form, on the next page."""
    for problem in error.problems:
        messages.error(request, f"{problem.constat} {problem.que_faire}")


def next_page(rows: list[Any], nombre: int = PAR_PAGE) -> tuple[list[Any], bool]:
    """Return the rows of a page out of one row more, and whether there are others."""
    return rows[:nombre], len(rows) > nombre
