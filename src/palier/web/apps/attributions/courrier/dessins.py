"""Drawings and fonts of a letter, from what the front-end build made; the fonts of the machine without it."""

from __future__ import annotations

import re
from functools import cache

from palier.web.components.actifs import DIST, chemin_actif, planche_icone

_MARCHE = "M2 36v-8.5h11v-9.3h11.5v-9.2H37"
_ENCRE = "#1a2b2d"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 118 40" width="118" height="40">'
    f'<path d="{_MARCHE}" fill="none" stroke="{_ENCRE}" stroke-width="4.4"/>'
    f'<path d="M27.5 0h7v7h-7z" fill="{_ENCRE}"/></svg>'
)
_VIDE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"/>'


@cache
def drawing(nom: str) -> str:
    """Return an icon as a drawing of its own; empty before the first build."""
    sheet = DIST.parent / chemin_actif(planche_icone(nom))
    try:
        whole = sheet.read_text(encoding="utf-8")
    except FileNotFoundError:
        return _VIDE
    found = re.search(rf'<symbol id="{nom}" viewBox="([^"]+)">(.*?)</symbol>', whole, re.DOTALL)
    if found is None:
        return _VIDE
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{found[1]}" fill="{_ENCRE}">{found[2]}</svg>'


@cache
def fonts() -> dict[str, bytes]:
    """Return the fonts of the site that the build made."""
    found = {}
    for nom in ("titre", "texte", "arabe"):
        path = DIST.parent / chemin_actif(f"{nom}.woff2")
        if path.is_file():
            found[nom] = path.read_bytes()
    return found
