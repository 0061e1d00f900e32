"""Tables of allocations; the states are those of the machines of ``engines.commission``."""

from palier.web.apps.attributions.models.bureau import Absence, EtatVisite, Visite
from palier.web.apps.attributions.models.candidature import Bail, Canal, Candidature, Proposition
from palier.web.apps.attributions.models.courrier import Courrier, EtatCourrier, GenreCourrier
from palier.web.apps.attributions.models.decision import Decision
from palier.web.apps.attributions.models.liaison import Abonnement, AppelApi, Livraison
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
    Delegation,
    Orientation,
    Recherche,
    Vacance,
)

__all__ = [
    "FINIES",
    "Abonnement",
    "Absence",
    "AppelApi",
    "Bail",
    "Bulletin",
    "Canal",
    "Candidature",
    "Convention",
    "Courrier",
    "Decision",
    "Delegation",
    "EtatCourrier",
    "EtatPoint",
    "EtatVisite",
    "GenreCourrier",
    "Livraison",
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
    "Visite",
]
