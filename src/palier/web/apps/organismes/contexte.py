"""What every page of the staff needs: the menu of the function held, the name of its organisme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from palier.web.apps.organismes.bureau import menu


def agents(request: HttpRequest) -> dict[str, Any]:
    """Return menu and organisme of ``base_dense.html``; nothing for the public."""
    fonction = getattr(request, "fonction", None)
    if fonction is None:
        return {}
    return {
        "menu": menu(fonction.role, request.path),
        "organisme_courant": fonction.organisme_nom,
        "fonction": fonction,
    }
