"""Counting and deciding: colleges, votes, closings, arrows, clocks, objectives, removals."""

from palier.engines.commission.run.cloture import Point, close_point, preview_point
from palier.engines.commission.run.college import (
    check_membres,
    count_quorum,
    gather_college,
    is_deliberatif,
    siege,
)
from palier.engines.commission.run.echeances import (
    count_echeance,
    count_reservataire,
    make_offre,
    next_rang,
    reprise_possible,
)
from palier.engines.commission.run.enregistrement import Enregistrement, parse_enregistrement, seal
from palier.engines.commission.run.gardes_examen import ECARTS
from palier.engines.commission.run.objectifs import (
    Comptes,
    Menage,
    Objectif,
    Suite,
    count_suites,
    read_objectifs,
    si_attribue,
)
from palier.engines.commission.run.radiation import Preuves, Radiation, check_radiation
from palier.engines.commission.run.rejeu import Difference, objectif_said, replay_seance
from palier.engines.commission.run.transition import GARDES, refusals, transition
from palier.engines.commission.run.vote import count_votes

__all__ = [
    "ECARTS",
    "GARDES",
    "Comptes",
    "Difference",
    "Enregistrement",
    "Menage",
    "Objectif",
    "Point",
    "Preuves",
    "Radiation",
    "Suite",
    "check_membres",
    "check_radiation",
    "close_point",
    "count_echeance",
    "count_quorum",
    "count_reservataire",
    "count_suites",
    "count_votes",
    "gather_college",
    "is_deliberatif",
    "make_offre",
    "next_rang",
    "objectif_said",
    "parse_enregistrement",
    "preview_point",
    "read_objectifs",
    "refusals",
    "replay_seance",
    "reprise_possible",
    "seal",
    "si_attribue",
    "siege",
    "transition",
]
