"""What the requests add to the desk of the staff: an entry, a tile, and sections that apps above give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from palier.web.apps.comptes.rules import scope
from palier.web.apps.demandes.models import Demande
from palier.web.apps.demandes.queries import fiche
from palier.web.apps.demandes.queries.acces import opened
from palier.web.apps.organismes.bureau import Entree, Tuile, declare_entree, declare_tuiles
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.components.pieces import Action


@dataclass(frozen=True)
class Section:
    """A part of the page of a request, given by an app above this one.

    Parameters
    ----------
    modele : str
        Name of its template.
    contexte : dict
        What it shows.
    champs : tuple of str
        Sensitive fields that it reads: named in the journal.
    """

    modele: str
    contexte: dict[str, Any]
    champs: tuple[str, ...] = field(default=())


Fabrique = Callable[[FonctionActive, Demande, bool, str], Section | None]
_sections: dict[str, tuple[str, Fabrique]] = {}


def declare_section(nom: str, objet: str, fabrique: Fabrique) -> None:
    """Add a section to the page of a request, for the roles that may read ``objet``."""
    _sections[nom] = (objet, fabrique)


def sections(fonction: FonctionActive, demande: Demande, lecteur: bool, langue: str) -> list[Section]:
    """Return the sections of a request that a function may read."""
    made = [
        fabrique(fonction, demande, lecteur, langue)
        for objet, fabrique in _sections.values()
        if scope(fonction.role, objet, "R") is not None
    ]
    return [section for section in made if section is not None]


@dataclass(frozen=True)
class Porte:
    """A page around the list of requests, for the roles that may do ``action`` on ``objet``."""

    texte: Any
    vue: str
    objet: str
    action: str


_portes: dict[str, Porte] = {}


def declare_porte(porte: Porte) -> None:
    """Add a page around the list of requests."""
    _portes[porte.vue] = porte


def doors(role: str) -> list[Action]:
    """Return the pages around the list that a role may open."""
    return [
        Action(str(porte.texte), reverse(porte.vue))
        for porte in _portes.values()
        if scope(role, porte.objet, porte.action) is not None
    ]


def declare() -> None:
    """Declare the entry and the tile of the requests."""
    declare_entree(Entree(_("Demandes"), "demandes:liste", "demande", "R", 30))
    for porte in (
        Porte(_("Doublons possibles"), "demandes:doublons", "doublon", "R"),
        Porte(_("Qui est maître de quel champ"), "demandes:champs", "demande", "R"),
        Porte(_("Conservation"), "demandes:conservation", "conservation", "R"),
        Porte(_("Lecteurs nommés"), "demandes:lecteurs", "lecteur", "U"),
    ):
        declare_porte(porte)
    declare_tuiles("demandes", tiles)


def tiles(fonction: FonctionActive, au: dt.date) -> Iterable[Tuile]:
    """Return how many requests live, and how many will soon die without renewal."""
    if fonction.organisme_id is None or scope(fonction.role, "demande", "R") is None:
        return
    with opened(fonction):
        alive, soon = fiche.counts(fonction, au)
    if not alive:
        return
    words = ngettext("%(n)s demande vivante", "%(n)s demandes vivantes", alive) % {"n": alive}
    rest = ngettext(", %(n)s à renouveler sous deux mois", ", %(n)s à renouveler sous deux mois", soon)
    yield Tuile(
        _("Demandes"),
        "info",
        words,
        rest % {"n": soon} if soon else "",
        reverse("demandes:liste"),
        _("Voir les demandes"),
        40,
    )
