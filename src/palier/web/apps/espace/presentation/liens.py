"""The addresses of a request's pages: hers, or those of an adviser by his mandate."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from palier.web.apps.espace.queries.comptes import Dossier
from palier.web.components.liens import adresse
from palier.web.components.pieces import Lien

#: Pages without object: those of a mandate, then those that are the person's alone.
_PARTAGEES = ("accueil", "demande", "pieces", "points", "changement", "candidatures")
_PROPRES = ("corriger", "renouveler", "renoncer", "droits", "export", "ecrire", "accompagnant")


def url(dossier: Dossier, nom: str, **objet: Any) -> str:
    """Return the address of a page of this request."""
    if dossier.mandat is None:
        return reverse(f"espace:{nom}", kwargs=objet or None)
    return reverse(f"espace:pour_{nom}", kwargs={"mandat": dossier.mandat.pk, **objet})


def every(dossier: Dossier) -> dict[str, str]:
    """Return the addresses that name no object."""
    own = _PROPRES if dossier.mandat is None else ()
    return {nom: url(dossier, nom) for nom in (*_PARTAGEES, *own)}


def path_of(dossier: Dossier, titre: str = "") -> list[Lien]:
    """Return the way to a page."""
    home = Lien(_("Accueil"), adresse("/"))
    if not titre:
        return [home, Lien(_("Ma demande"), "")]
    return [home, Lien(_("Ma demande"), url(dossier, "accueil")), Lien(titre, "")]


def context(dossier: Dossier, titre: str = "", **plus: Any) -> dict[str, Any]:
    """Return what each page of a request needs."""
    return {"dossier": dossier, "liens": every(dossier), "chemin": path_of(dossier, titre), **plus}
