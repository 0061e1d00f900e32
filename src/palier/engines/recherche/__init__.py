"""Search of candidates for one home: every request judged, every reason said, nobody dropped in silence.

The public API, for the web room and for scripts::

    vacance = Vacance(commune, typologie, surface_m2, financement, loyer_cent, charges_cent,
                      seance_le, signature_le, …)
    candidats = search_candidats(vacance, demandes, law.at(signature_le), scores)
    candidats.n, candidats.eligibles, candidats.comptes, candidats.seuls
    candidats.premiers(50)                    # by cotation, then the declared chain
    candidats.jugement(numero)                # all reasons and marks of one request
    explain_jugement(candidats.regle, ligne, jugement), explain_comptes(candidats)

``MOTIFS`` exclude, ``SIGNAUX`` only mark: an effort above the published bound, or an
answer that is missing, excludes nobody. The reasons that may set a candidacy aside
before the commission are ``palier.engines.commission.ECARTS``; all others are for
people to judge. :func:`judge_row` is the same rule in plain Python, row by row.

The record behind the exception ``INSUFFISANCE`` of the commission is
``RechercheConsignee(vacance.seance_le, candidats.n, candidats.eligibles, candidats.comptes)``.
"""

from palier.engines.recherche.explain import explain_comptes, explain_jugement
from palier.engines.recherche.model import MOTIFS, SIGNAUX, Jugement, Regle, Vacance, names_of, prepare
from palier.engines.recherche.reference import judge_row
from palier.engines.recherche.run import Candidats, search_candidats

__all__ = [
    "MOTIFS",
    "SIGNAUX",
    "Candidats",
    "Jugement",
    "Regle",
    "Vacance",
    "explain_comptes",
    "explain_jugement",
    "judge_row",
    "names_of",
    "prepare",
    "search_candidats",
]
