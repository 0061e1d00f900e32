"""Figures about queues that may be published: histograms, quartiles, waits; no group under the threshold.

A queue is a sector and a size, ``""`` meaning all. Small groups are absent, and so are those
that could be found by subtracting what is published from the group above.
"""

from palier.engines.cotation.statistiques.attentes import AttentePubliee, Estimation, Repere, publish_attentes
from palier.engines.cotation.statistiques.gagnants import Gagnants, publish_gagnants
from palier.engines.cotation.statistiques.histogrammes import (
    Classe,
    FilePubliee,
    Publication,
    Segment,
    merge,
    publish_files,
)
from palier.engines.cotation.statistiques.secteurs import Secteurs, read_secteurs

__all__ = [
    "AttentePubliee",
    "Classe",
    "Estimation",
    "FilePubliee",
    "Gagnants",
    "Publication",
    "Repere",
    "Secteurs",
    "Segment",
    "merge",
    "publish_attentes",
    "publish_files",
    "publish_gagnants",
    "read_secteurs",
]
