"""Tables of requests, by sensitivity (contracts: class 4 and papers apart)."""

from palier.web.apps.demandes.models.demande import (
    VIVANTES,
    Argent,
    Demande,
    MotifRadiation,
    Sensible,
    Statut,
    Territoire,
)
from palier.web.apps.demandes.models.enfants import (
    Avertissement,
    EtatPiece,
    EvenementDemande,
    LecteurSensible,
    NiveauPreuve,
    Personne,
    Piece,
    PublicPrioritaire,
    Ressource,
)

__all__ = [
    "VIVANTES",
    "Argent",
    "Avertissement",
    "Demande",
    "EtatPiece",
    "EvenementDemande",
    "LecteurSensible",
    "MotifRadiation",
    "NiveauPreuve",
    "Personne",
    "Piece",
    "PublicPrioritaire",
    "Ressource",
    "Sensible",
    "Statut",
    "Territoire",
]
