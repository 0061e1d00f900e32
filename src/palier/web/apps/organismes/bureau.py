"""The desk of the staff: entries of its menu and tiles of its home, that each app declares for itself.

An app above this one calls :func:`declare_entree` and :func:`declare_tuiles` from its ``AppConfig.ready``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from palier.web.apps.comptes.rules import scope
from palier.web.apps.organismes.queries import FonctionActive

Texte = str | Promise


@dataclass(frozen=True)
class Entree:
    """An entry of the menu, shown to the roles that may do ``action`` on ``objet``.

    Parameters
    ----------
    texte : str or lazy str
        Its words.
    vue : str
        Name of its view (``organismes:cles``).
    objet, action : str
        Right of the matrix that the view demands.
    rang : int
        Place: small first.
    partout : str or lazy str
        Its words for a role whose right reaches all organismes, where they differ.
    """

    texte: Texte
    vue: str
    objet: str
    action: str
    rang: int
    partout: Texte = ""


@dataclass(frozen=True)
class Tuile:
    """One thing that exists or waits: a sentence with its figures, and where to go.

    Parameters
    ----------
    titre : str or lazy str
        What it is about.
    etat : str
        Code of a status of the components (``a_vous``, ``fait``, ``info``…).
    mot, suite : str or lazy str
        Bold word of the status, and what follows.
    url, geste : str
        Link and its words.
    rang : int
        Place: what waits for an act stands first.
    """

    titre: Texte
    etat: str
    mot: Texte
    suite: Texte
    url: str
    geste: Texte
    rang: int = 50


#: What an account opens whatever its function: entries with a test, tiles.
Compte = Callable[[Any, dt.date], Iterable["Tuile"]]
_accounts: dict[str, tuple[Entree, Compte, Callable[[Any, dt.date], bool]]] = {}


def declare_compte(entree: Entree, fabrique: Compte, tenu: Callable[[Any, dt.date], bool]) -> None:
    """Add what an account opens by itself: its tiles, and an entry of the menu while ``tenu`` says so."""
    _accounts[entree.vue] = (entree, fabrique, tenu)


def account_tiles(utilisateur: Any, au: dt.date) -> list[Tuile]:
    """Return the tiles of an account, whatever its function."""
    return [tuile for _entree, fabrique, _tenu in _accounts.values() for tuile in fabrique(utilisateur, au)]


def account_menu(utilisateur: Any, au: dt.date, chemin: str, vues: Iterable[str]) -> list[dict[str, Any]]:
    """Return the entries of an account that its function does not give already (addresses ``vues``)."""
    given = set(vues)
    return [
        {"texte": entree.texte, "url": url, "courant": chemin.startswith(url)}
        for entree, _fabrique, tenu in _accounts.values()
        if (url := reverse(entree.vue)) not in given and tenu(utilisateur, au)
    ]


Fabrique = Callable[[FonctionActive, dt.date], Iterable[Tuile]]
_entries: dict[str, Entree] = {}
_tiles: dict[str, Fabrique] = {}


def declare_entree(entree: Entree) -> None:
    """Add an entry to the menu of the staff."""
    _entries[entree.vue] = entree


def declare_tuiles(nom: str, fabrique: Fabrique) -> None:
    """Add the tiles of an app to the home of the staff; ``nom`` is the app's."""
    _tiles[nom] = fabrique


def menu(role: str, chemin: str) -> list[dict[str, Any]]:
    """Return the entries that a role may open, with the one of this page marked."""
    found = []
    for entree in sorted(_entries.values(), key=lambda e: e.rang):
        reach = scope(role, entree.objet, entree.action)
        if reach is not None:
            url = reverse(entree.vue)
            words = entree.partout if reach == "partout" and entree.partout else entree.texte
            found.append({"texte": words, "url": url, "courant": chemin.startswith(url)})
    here = max((str(e["url"]) for e in found if e["courant"]), key=len, default="")
    return [{**e, "courant": e["url"] == here} for e in found]


def tiles(fonction: FonctionActive, au: dt.date) -> list[Tuile]:
    """Return the tiles of a function, what waits first."""
    made = [tuile for fabrique in _tiles.values() for tuile in fabrique(fonction, au)]
    return sorted(made, key=lambda tuile: tuile.rang)
