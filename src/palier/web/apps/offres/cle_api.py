"""Keys of the landlords' programs at the door of the API."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from palier.web.apps.comptes.droits import refuser
from palier.web.apps.organismes.models import CleApi, Organisme
from palier.web.apps.organismes.operations import hash_key
from palier.web.apps.organismes.queries import FonctionActive, find_key
from palier.web.horloge import aujourdhui

_LONGEST = 120


class CleBearer(HttpBearer):
    """``Authorization: Bearer pal_…``: the key gives the landlord and the function of a program."""

    def authenticate(self, request: HttpRequest, token: str) -> CleApi | None:
        """Return the live key, and set the function of the request."""
        if len(token) > _LONGEST:
            return None
        key = find_key(hash_key(token), aujourdhui())
        if key is None:
            return None
        owner = key.organisme
        request.fonction = FonctionActive("agent_bailleur", owner.pk, owner.nom, owner.siren)  # type: ignore[attr-defined]
        return key


def landlord(request: HttpRequest, siren: str, portee: str, objet: str = "offre_brouillon") -> Organisme:
    """Return the landlord of the key; another one's address does not exist for it, and asking leaves a line.

    Parameters
    ----------
    siren : str
        Landlord that the address bears.
    portee : str
        Scope that the key must have.
    objet : str
        Row of the matrix that the door bears on, for the journal.

    Raises
    ------
    Http404
        The address bears another SIREN.
    HttpError
        403: the key has not this scope.
    """
    key: CleApi = request.auth  # type: ignore[attr-defined]  # set by ninja after authenticate
    if key.organisme.siren != siren:
        refuser(request, objet, siren, acteur=f"cle:{key.prefixe}", origine="api")
    if portee not in key.portees:
        raise HttpError(403, "La clé n'a pas cette portée.")
    return key.organisme
