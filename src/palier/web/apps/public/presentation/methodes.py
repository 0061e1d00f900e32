"""Where each figure says how it is computed: one anchor per figure on one page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien

PAGE = "/comprendre/methodes"
TITRES = {
    "demandes": noop("Demandes en attente"),
    "points": noop("Répartition des points"),
    "position": noop("Position estimée"),
    "attente-logees": noop("Attente des ménages logés"),
    "attente-estimee": noop("Part logée après un, deux, trois et cinq ans"),
    "anciennete": noop("Ancienneté des demandes en attente"),
    "tension": noop("Demandes pour un logement attribué"),
    "fraicheur": noop("Fraîcheur des annonces"),
    "plafonds": noop("Plafonds de ressources"),
    "effort": noop("Taux d'effort"),
    "masque": noop("Calcul masqué"),
    "attributions": noop("Attributions d'un semestre"),
    "extrait": noop("Extrait public d'un procès-verbal"),
}


def summary() -> list[Lien]:
    """Return the links to all methods, in the order of the page."""
    return [Lien(_(title), f"#{ancre}") for ancre, title in TITRES.items()]


def method_link(ancre: str) -> Lien:
    """Return the link of a figure to its method.

    Raises
    ------
    KeyError
        If the page of methods has no such anchor.
    """
    if ancre not in TITRES:
        raise KeyError(ancre)
    return Lien(_("Méthode"), f"{adresse(PAGE)}#{ancre}")
