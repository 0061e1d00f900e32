"""The score on the page of a request: points line by line, places, what changed."""

from __future__ import annotations

from palier.web.apps.cotation.queries import scores
from palier.web.apps.cotation.queries.explication import explain_score
from palier.web.apps.demandes import presentation as mots
from palier.web.apps.demandes.bureau import Section
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.queries import FonctionActive
from palier.web.components.explication import tree_of

_MODELE = "cotation/section.html"


def section(fonction: FonctionActive, demande: Demande, lecteur: bool, langue: str) -> Section:
    """Return the section of a request, whether it was scored or not."""
    held = scores.current(demande)
    if held is None:
        return Section(_MODELE, {"score": None})
    told = explain_score(fonction, demande, held, lecteur, langue)
    places = [
        (mots.said("typologies", place.typologie, langue) if place.typologie else "", place, length)
        for place, length in scores.places(held)
    ]
    context = {
        "score": held,
        "arbre": tree_of(told.explication, langue),
        "a_jour": told.a_jour,
        "places": places,
        "changements": len(scores.history(demande)) > 1,
        "demande": demande,
    }
    return Section(_MODELE, context, told.montants)
