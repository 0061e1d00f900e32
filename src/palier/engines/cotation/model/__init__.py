"""The rule as data: frozen nodes of a grid and their reader."""

from palier.engines.cotation.model.grille import parse_grille
from palier.engines.cotation.model.nodes import Critere, Famille, Grille, Systeme

__all__ = ["Critere", "Famille", "Grille", "Systeme", "parse_grille"]
