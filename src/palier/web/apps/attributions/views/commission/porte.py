"""The door of the commission: a person comes by her function, or by a seat that is no function."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from palier.web.apps.attributions.models import PointSeance, Seance
from palier.web.apps.attributions.queries.acteurs import Siege, by_function, by_seats
from palier.web.apps.attributions.rules import Acteur, may
from palier.web.apps.comptes.droits import refuser
from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.horloge import aujourdhui
from palier.web.postgres.perimetre import perimetre

Vue = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Mains:
    """Under what a person may act: her function, and her seats."""

    fonction: FonctionActive | None
    par_fonction: Acteur | None
    sieges: tuple[Siege, ...]

    def may(self, objet: str, action: str) -> bool:
        """Tell whether the function or a seat gives a right."""
        return self.by_function(objet, action) is not None or any(
            may(siege.acteur.role, objet, action) for siege in self.sieges
        )

    def by_function(self, objet: str, action: str) -> Acteur | None:
        """Return the person by her function, where it gives a right."""
        if self.fonction is None or scope(self.fonction.role, objet, action) is None:
            return None
        return self.par_fonction

    def landlords(self) -> tuple[uuid.UUID, ...]:
        """Return the landlords whose sessions the function reads."""
        if self.fonction is None or (reach := scope(self.fonction.role, "seance", "R")) is None:
            return ()
        if reach == "partout":
            return tuple(Organisme.objects.order_by("pk").values_list("pk", flat=True))
        return () if self.fonction.organisme_id is None else (self.fonction.organisme_id,)

    def siege(self, bailleur: uuid.UUID) -> Siege | None:
        """Return the seat in the commission of a landlord."""
        return next((siege for siege in self.sieges if siege.bailleur == bailleur), None)

    def actor(self, objet: str, action: str, seance: Seance) -> Acteur | None:
        """Return who acts on a session: the seat if it is hers to sit there, else the function."""
        siege = self.siege(seance.bailleur_id)
        if siege and seance.pk in siege.acteur.seances and may(siege.acteur.role, objet, action):
            return siege.acteur
        found = self.by_function(objet, action)
        return found if found is not None and seance.bailleur_id in found.organismes else None


def hands_of(request: HttpRequest) -> Mains:
    """Return the hands of a request; read once."""
    found: Mains | None = getattr(request, "mains", None)
    if found is None:
        fonction: FonctionActive | None = getattr(request, "fonction", None)
        acteur = None if fonction is None else by_function(request.user, fonction)
        found = Mains(fonction, acteur, by_seats(request.user, aujourdhui()))
        request.mains = found  # type: ignore[attr-defined]
    return found


def commission(objet: str, action: str) -> Callable[[Vue], Vue]:
    """Declare what a view does, and demand it of the function or of a seat before the view runs.

    As :func:`palier.web.apps.comptes.droits.droit`, which knows functions alone. Whoever has a password
    and no second factor never comes here: the staff's rule holds for seats too.
    """

    def wrap(view: Vue) -> Vue:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not hands_of(request).may(objet, action):
                refuser(request, objet)
            return view(request, *args, **kwargs)

        guarded.droit = (objet, action)  # type: ignore[attr-defined]  # read by the test of the matrix
        return guarded

    return wrap


@contextmanager
def session_of(request: HttpRequest, pk: uuid.UUID) -> Iterator[tuple[Seance, Siege | None]]:
    """Open the perimeter in which a person reads a session; 404 and a line of journal if it is not hers.

    Yields
    ------
    tuple
        The session, and the seat by which she reads it: None by her function, which sees every home.
    """
    for organismes, seat in _ways(hands_of(request), pk):
        with perimetre(organismes=organismes):
            found = _one(pk)
            if found is not None:
                with perimetre(organismes=[found.bailleur_id]) if len(organismes) > 1 else nullcontext():
                    yield found, seat
                return
    refuser(request, "seance", pk)


def _ways(hands: Mains, pk: uuid.UUID) -> Iterator[tuple[tuple[uuid.UUID, ...], Siege | None]]:
    """Yield by whose perimeter a session may be read: the function's, then that of a seat it is open to."""
    if landlords := hands.landlords():
        yield landlords, None
    for siege in hands.sieges:
        if pk in siege.acteur.seances:
            yield (siege.bailleur,), siege


def session_of_point(request: HttpRequest, point: uuid.UUID) -> uuid.UUID:
    """Return the session of a home on an agenda, if it is one that a person reads."""
    hands = hands_of(request)
    found = None
    for organismes, seances in ((hands.landlords(), ()), ((), _opened(hands))):
        if found or not (organismes or seances):
            continue
        with perimetre(organismes=organismes, seances=seances):
            rows = PointSeance.objects.filter(pk=point, seance__in=Seance.objects.all())
            found = rows.values_list("seance_id", flat=True).first()
    if found is None:
        refuser(request, "seance", point)
    return found


def _opened(hands: Mains) -> tuple[uuid.UUID, ...]:
    return tuple(pk for siege in hands.sieges for pk in siege.acteur.seances)


def _one(pk: uuid.UUID) -> Seance | None:
    rows = Seance.objects.select_related("reglement", "bailleur", "reunion_demandee_par")
    return rows.filter(pk=pk).first()
