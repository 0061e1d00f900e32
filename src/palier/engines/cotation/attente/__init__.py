"""Waits: what those housed have waited, and what those waiting may expect.

Two numbers that are not the same and never share a name: ``observee_loges``
(past leases, the average that article R441-2-17 of the CCH asks for) and
``estimee_demandeurs`` (cumulative incidence of being housed, with censoring,
delayed entry and the competing exit of those who leave the queue).
"""

from palier.engines.cotation.attente.calcul import courbe, estimate_attentes
from palier.engines.cotation.attente.estimateur import Pas, aalen_johansen, kaplan_meier
from palier.engines.cotation.attente.explain import explain_attente, plot_words, resume
from palier.engines.cotation.attente.model import Attente, Attentes, Strate

__all__ = [
    "Attente",
    "Attentes",
    "Pas",
    "Strate",
    "aalen_johansen",
    "courbe",
    "estimate_attentes",
    "explain_attente",
    "kaplan_meier",
    "plot_words",
    "resume",
]
