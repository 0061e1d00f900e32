"""Tables of requests, by sensitivity (contracts: class 4 and papers apart)."""

from palier.web.apps.demandes.models.coordonnees import Coordonnees
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
    EvenementDemande,
    LecteurSensible,
    Personne,
    PublicPrioritaire,
    Ressource,
)
from palier.web.apps.demandes.models.papiers import (
    EtatPiece,
    FichierPiece,
    MotifRefus,
    NiveauPreuve,
    Piece,
)
from palier.web.apps.demandes.models.rapprochement import NatureRapprochement, Rapprochement

__all__ = [
    "VIVANTES",
    "Argent",
    "Avertissement",
    "Coordonnees",
    "Demande",
    "EtatPiece",
    "EvenementDemande",
    "FichierPiece",
    "LecteurSensible",
    "MotifRadiation",
    "MotifRefus",
    "NatureRapprochement",
    "NiveauPreuve",
    "Personne",
    "Piece",
    "PublicPrioritaire",
    "Rapprochement",
    "Ressource",
    "Sensible",
    "Statut",
    "Territoire",
]
