"""Tables of allocations; the states are those of the machines of ``engines.commission``."""

from palier.web.apps.attributions.models.candidature import Bail, Canal, Candidature, Proposition
from palier.web.apps.attributions.models.decision import Decision
from palier.web.apps.attributions.models.seance import (
    Bulletin,
    EtatPoint,
    Membre,
    Nature,
    PointSeance,
    Presence,
    Pv,
    Reglement,
    Seance,
)
from palier.web.apps.attributions.models.vacance import (
    FINIES,
    Convention,
    Orientation,
    Recherche,
    Vacance,
)

__all__ = [
    "FINIES",
    "Bail",
    "Bulletin",
    "Canal",
    "Candidature",
    "Convention",
    "Decision",
    "EtatPoint",
    "Membre",
    "Nature",
    "Orientation",
    "PointSeance",
    "Presence",
    "Proposition",
    "Pv",
    "Recherche",
    "Reglement",
    "Seance",
    "Vacance",
]
