"""Places and answers for the tests of the simulator."""

from __future__ import annotations

from typing import Any

from palier.web.apps.territoires.models import Entree, Lieu
from tests.web.offres.outils import lieux

REPONSES: dict[str, Any] = {
    "adultes": "1",
    "age": "34",
    "mineurs": "2",
    "moins_14": "1",
    "autres": "0",
    "rfr": "14 000",
    "ressources": "1 300 €",
    "emploi": "cdd",
    "mode": "locataire_prive",
    "loyer": "620",
    "aide": "120",
    "type": "t2",
    "surface": "40",
    "occupants": "3",
    "motif_1": "expulsion",
    "motif_2": "trop_petit",
    "lieu": "Strasbourg",
    "tailles": ["t3"],
    "attente": "18",
}


def places() -> None:
    """Load the communes of the tests, and make them found by their names and postal codes."""
    lieux()
    for genre, code, nom, textes in (
        ("commune", "67482", "Strasbourg", ("strasbourg", "67000")),
        ("commune", "67447", "Schiltigheim", ("schiltigheim", "67300")),
        ("commune", "68066", "Colmar", ("colmar", "68000")),
        ("commune", "97411", "Saint-Denis", ("saint denis", "97400")),
        ("departement", "67", "Bas-Rhin", ("bas rhin",)),
    ):
        lieu = Lieu.objects.create(genre=genre, code=code, nom=nom, departement=code[:2], population=1_000)
        for texte in textes:
            Entree.objects.create(texte=texte, poids=400_000_000, lieu=lieu)
