"""The home page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palier import law
from palier.web.apps.comptes.droits import droit
from palier.web.apps.public.presentation import accueil as mots
from palier.web.apps.public.queries.accueil import measure
from palier.web.apps.public.queries.statistiques import main_figure
from palier.web.apps.public.views.reponses import absolute, page
from palier.web.apps.territoires.queries import epci_named
from palier.web.components.liens import adresse
from palier.web.horloge import aujourdhui


@require_safe
@droit("offre_publiee", "R")
def accueil(request: HttpRequest) -> HttpResponse:
    """Show the search, the measured figures, the doors, the path and the help."""
    langue, au = get_language() or "fr", aujourdhui()
    figure, mesure = main_figure(), measure(au)
    context = {
        "titre": _("Les logements sociaux libres, et la place de chacun"),
        "chapeau": _(
            "Voyez tous les logements à louer ou à acheter, et comment ils sont attribués,"
            " avec les règles et les délais écrits en clair."
        ),
        "resume": _(
            "Tous les logements sociaux à louer et à acheter, sans compte, avec les règles en clair."
        ),
        "canonique": absolute(adresse("/")),
        "recherche": mots.search_form(),
        "chiffres": mots.figures(mesure, langue),
        "vide": mots.nothing(mesure),
        "portes": mots.doors(),
        "paliers": mots.landings(law.load().at(au, non_verifie=True)),
        "attente": mots.waiting(figure, epci_named(figure.territoire), langue),
    }
    return page(request, "public/accueil.html", context)
