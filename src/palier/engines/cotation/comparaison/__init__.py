"""Two grids on one stock: who moves, by how much, and what the law's objectives become."""

from palier.engines.cotation.comparaison.changement import explain_change
from palier.engines.cotation.comparaison.cohortes import cohorts
from palier.engines.cotation.comparaison.mouvements import Comparaison, Mouvement, Objectif, compare_files
from palier.engines.cotation.comparaison.quartile import Quartile

__all__ = ["Comparaison", "Mouvement", "Objectif", "Quartile", "cohorts", "compare_files", "explain_change"]
