"""What the law forbids in an allocation, said all at once."""

from palier.engines.commission.checks.bail import (
    PORTEE_REPONSE,
    bail_du,
    check_bail,
    check_condition,
    check_offre,
    check_reponse,
)
from palier.engines.commission.checks.decisions import (
    check_correction,
    check_decisions,
    check_ordre,
    passed_over,
)
from palier.engines.commission.checks.dossiers import check_dossiers
from palier.engines.commission.checks.motifs import check_motifs, warn_motifs
from palier.engines.commission.checks.seance import check_reglement, check_seance, warn_adresses, warn_seance

__all__ = [
    "PORTEE_REPONSE",
    "bail_du",
    "check_bail",
    "check_condition",
    "check_correction",
    "check_decisions",
    "check_dossiers",
    "check_motifs",
    "check_offre",
    "check_ordre",
    "check_reglement",
    "check_reponse",
    "check_seance",
    "passed_over",
    "warn_adresses",
    "warn_motifs",
    "warn_seance",
]
