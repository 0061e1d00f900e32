"""What every page of the staff needs: the menu of the function held, the name of its organisme."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from palier.web.apps.organismes.bureau import account_menu, menu
from palier.web.horloge import aujourdhui
from palier.web.portes import is_staff_path


def agents(request: HttpRequest) -> dict[str, Any]:
    """Return menu and organisme of ``base_dense.html``; nothing for the public."""
    fonction = getattr(request, "fonction", None)
    if not hasattr(request, "fonctions") or not request.user.is_authenticated:
        return {}
    entries = [] if fonction is None else menu(fonction.role, request.path)
    if is_staff_path(request):
        entries += account_menu(request.user, aujourdhui(), request.path, [e["url"] for e in entries])
    if fonction is None:
        return {"menu": entries}
    return {
        "menu": entries,
        "organisme_courant": fonction.organisme_nom,
        "fonction": fonction,
    }
