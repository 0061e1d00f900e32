"""The rule as data: frozen nodes of a grid and their reader."""

from palier.engines.cotation.model.grille import parse_grille, scan_grille
from palier.engines.cotation.model.lue import GrilleLue
from palier.engines.cotation.model.nodes import Critere, Famille, Grille, Systeme

__all__ = ["Critere", "Famille", "Grille", "GrilleLue", "Systeme", "parse_grille", "scan_grille"]
