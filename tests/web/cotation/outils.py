"""A territory that is loaded and scored, for the tests."""

from __future__ import annotations

import datetime as dt

from palier.engines.cotation.catalogue import read_grille
from palier.web.apps.cotation.models import Grille
from palier.web.apps.cotation.operations.adoption import adopter
from palier.web.apps.cotation.operations.calcul import BilanCalcul, recalculer
from tests.web.demandes.outils import AU, MAINTENANT, TERRITOIRE

GRILLE, SUIVANTE = "demo-ems", "demo-ems-2027"


def adopte(nom: str = GRILLE) -> Grille:
    """Adopt a shipped grid; the one that follows is still a draft there."""
    texte = read_grille(nom)
    if "statut: brouillon" in texte:
        texte = texte.replace("statut: brouillon", "statut: adoptee").replace(
            "\ntotal:", '\ndeliberation: {texte: "délibération inventée", le: 2026-11-14}\ntotal:', 1
        )
    return adopter(
        acteur="essai", texte=texte, origine=f"{nom}.yaml", territoire=TERRITOIRE,
        maintenant=MAINTENANT,
    )  # fmt: skip


def cote(au: dt.date = AU) -> BilanCalcul:
    """Score the territory on a day."""
    return recalculer(
        acteur="essai", territoire=TERRITOIRE, au=au,
        maintenant=dt.datetime.combine(au, dt.time(4), dt.UTC),
    )  # fmt: skip
