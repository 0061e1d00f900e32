"""Which side is master of which field of a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from palier.base.mots import word
from palier.web.apps.comptes.droits import droit
from palier.web.apps.demandes.rules.maitres import masters
from palier.web.apps.demandes.views.outils import page_language
from palier.web.components.pieces import Lien

_TITRES: dict[str, tuple[Any, Any]] = {
    "palier": (
        gettext_lazy("Palier est maître"),
        gettext_lazy("Corrigez ici ; le prochain chargement ne doit pas l'écraser."),
    ),
    "partage": (
        gettext_lazy("Les deux écrivent"),
        gettext_lazy("Un changement fait ici part au fichier de retour ; un autre revient au chargement."),
    ),
    "sne": (
        gettext_lazy("Le fichier national est maître"),
        gettext_lazy("Corrigez au fichier national ; le prochain chargement l'apporte ici."),
    ),
}


@require_safe
@droit("demande", "R")
def champs(request: HttpRequest) -> HttpResponse:
    """Show, side by side, the fields of each master."""
    langue = page_language()
    groups = [
        (m.code, *_TITRES[m.code], m.source, [word(f"colonne.{nom}", langue) for nom in m.champs])
        for m in masters()
    ]
    context = {
        "groupes": groups,
        "langue_mots": langue,
        "chemin": [
            Lien(_("Demandes"), reverse("demandes:liste")),
            Lien(_("Qui est maître de quel champ"), ""),
        ],
    }
    return render(request, "demandes/champs.html", context)
