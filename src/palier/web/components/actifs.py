"""Addresses of what the front-end build made, read from its manifest."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from palier.base.ressources import read_packaged

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
_SOURCE = "src/palier/web/static_src/"
_ENTREES = {
    "site.css": _SOURCE + "scss/site.scss",
    "agents.css": _SOURCE + "scss/agents.scss",
    "site.js": _SOURCE + "js/site.js",
    "titre.woff2": _SOURCE + "polices/titre.woff2",
    "texte.woff2": _SOURCE + "polices/texte.woff2",
    "arabe.woff2": _SOURCE + "polices/arabe.woff2",
}


@cache
def manifeste() -> dict[str, str]:
    """Return the built file of each source; empty before the first build."""
    try:
        raw = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {name: entry["file"] for name, entry in raw.items()}


def chemin_actif(nom: str) -> str:
    """Return the path of a built file below the static address: ``dist/assets/site-….css``.

    Before the first build the page stays readable, without styles.
    """
    return "dist/" + manifeste().get(_ENTREES.get(nom, nom), nom)


@cache
def planche_icone(nom: str) -> str:
    """Return the sprite that holds an icon: the common one, or that of rarer icons.

    Raises
    ------
    LookupError
        An icon that the build does not know.
    """
    raw = json.loads(read_packaged("palier.web.components", "icones.json"))
    for planche, noms in raw.items():
        if nom in noms:
            return f"{planche}.svg"
    raise LookupError(f"icône inconnue : {nom!r} (ajoutez-la à components/icones.json)")
