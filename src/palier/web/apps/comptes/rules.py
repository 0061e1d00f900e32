"""The matrix of rights, read as data; no Django here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import yaml

from palier.base.ressources import read_packaged

ROLES = (
    "public",
    "agent_bailleur",
    "admin_bailleur",
    "reservataire",
    "reservataire_chef",
    "epci",
    "etat",
    "auditeur",
    "exploitant",
)
ACTIONS = {"R": "lire", "C": "créer", "U": "modifier"}


@dataclass(frozen=True)
class Droit:
    """What one role may do on one kind of object."""

    actions: frozenset[str]
    portee: str


@cache
def matrice() -> dict[str, dict[str, Droit]]:
    """Return the matrix: object → role → right."""
    raw = yaml.safe_load(read_packaged("palier.web.apps.comptes", "matrice.yaml"))
    return {
        thing: {role: Droit(frozenset(cell["actions"]), cell["portee"]) for role, cell in roles.items()}
        for thing, roles in raw["objets"].items()
    }


def scope(role: str, objet: str, action: str) -> str | None:
    """Return how far a role may do an action: ``partout``, ``perimetre``, or None.

    Raises
    ------
    KeyError
        An object that the matrix does not hold: a right is never guessed.
    """
    row = matrice()[objet]
    for name in (role, "public"):
        found = row.get(name)
        if found is not None and action in found.actions:
            return found.portee
    return None
