"""What the pages of allocations share: who acts, in which perimeter, what an act refuses."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.http import HttpRequest

from palier.web.apps.attributions.models import Vacance
from palier.web.apps.attributions.queries import acteurs
from palier.web.apps.attributions.rules import Acteur
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.organismes.views.outils import fonction_of
from palier.web.postgres.perimetre import perimetre


def actor_of(request: HttpRequest) -> Acteur:
    """Return the person of a request, as her function lets her act."""
    return acteurs.by_function(request.user, fonction_of(request))


def mine(request: HttpRequest, objet: str = "vacance") -> uuid.UUID:
    """Return the organisme in whose name a person acts; 404 and a line of journal where there is none."""
    found = fonction_of(request).organisme_id
    if found is None:
        refuser(request, objet)
    return found


class _Dehors(Exception):
    """What was asked for is out of reach: said inside a perimeter, answered once it is closed."""

    def __init__(self, objet: str, pk: object) -> None:
        super().__init__(objet)
        self.objet, self.pk = objet, pk


@contextmanager
def opened(request: HttpRequest) -> Iterator[None]:
    """Open the perimeter of the person of a request; a refusal leaves its line outside of it."""
    me = mine(request)
    try:
        with perimetre(organismes=[me]):
            yield
    except _Dehors as error:
        refuser(request, error.objet, error.pk)


def out_of_reach(objet: str, pk: object) -> NoReturn:
    """Leave :func:`opened` with 404: its line of journal is written once the perimeter is closed."""
    raise _Dehors(objet, pk)


def vacancy(request: HttpRequest, pk: uuid.UUID) -> Vacance:
    """Return a vacancy of my landlord; 404 and a line of journal for any other. Inside :func:`opened`."""
    found: Any = Vacance.objects.filter(pk=pk, bailleur_id=mine(request)).select_related("logement").first()
    if found is None:
        out_of_reach("vacance", pk)
    return found  # type: ignore[no-any-return]
