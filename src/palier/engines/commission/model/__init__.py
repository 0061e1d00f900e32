"""Rules and facts of a commission, as frozen and validated objects."""

from palier.engines.commission.model.decision import (
    Bail,
    Condition,
    Decision,
    EcartOrdre,
    Mandat,
    Offre,
    Reponse,
)
from palier.engines.commission.model.dossier import Dossier, ExamenDossiers, RechercheConsignee
from palier.engines.commission.model.machine import (
    Etat,
    Fleche,
    Garde,
    Machine,
    list_machines,
    load_machine,
    parse_machine,
    reachable,
    read_vocabulaire,
)
from palier.engines.commission.model.reglement import (
    Reglement,
    RegleQuorum,
    parse_reglement,
    read_exemple,
    reglement_at,
)
from palier.engines.commission.model.resultats import Cloture, College, Depouillement, Quorum
from palier.engines.commission.model.seance import Bulletin, Logement, Membre, Presence, Scrutin, Seance

__all__ = [
    "Bail",
    "Bulletin",
    "Cloture",
    "College",
    "Condition",
    "Decision",
    "Depouillement",
    "Dossier",
    "EcartOrdre",
    "Etat",
    "ExamenDossiers",
    "Fleche",
    "Garde",
    "Logement",
    "Machine",
    "Mandat",
    "Membre",
    "Offre",
    "Presence",
    "Quorum",
    "RechercheConsignee",
    "RegleQuorum",
    "Reglement",
    "Reponse",
    "Scrutin",
    "Seance",
    "list_machines",
    "load_machine",
    "parse_machine",
    "parse_reglement",
    "reachable",
    "read_exemple",
    "read_vocabulaire",
    "reglement_at",
]
