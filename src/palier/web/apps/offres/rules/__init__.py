"""The rules of public offers, without Django: read, check, decide; never a clock, a database, a network.

Public names, by use:

- a lot or a pushed offer: :func:`read_offres`, :func:`read_saisies` give a :class:`LectureOffres`;
- one offer already typed: :class:`OffreSaisie`, :func:`check_offre` with a :class:`Contexte`
  (date, :class:`Lieux`, :class:`LoiAnnonces` from :func:`load_loi`, sender);
- freshness: :func:`state`, :func:`can_move`, :func:`check_move`, :func:`load_parametres`;
- full feeds: :func:`decide_flux`;
- proof of publicity of HLM sales: :func:`check_publicite`.

More in the modules ``energie`` (words of ads), ``effort`` (rent over resources), ``doublons``
(same home twice), ``photos`` (pictures), ``textes`` (what a description may not hold).
"""

from palier.web.apps.offres.rules.anomalies import Anomalie, split
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.controle import check_offre
from palier.web.apps.offres.rules.droit import LoiAnnonces, load_loi
from palier.web.apps.offres.rules.etats import Parametres, can_move, check_move, load_parametres, state
from palier.web.apps.offres.rules.flux import DecisionFlux, decide_flux
from palier.web.apps.offres.rules.lecture import LectureOffres, LigneOffre, read_offres, read_saisies
from palier.web.apps.offres.rules.lieux import Boite, Commune, Lieux
from palier.web.apps.offres.rules.publicite import PreuvePublicite, check_publicite
from palier.web.apps.offres.rules.saisie import NATURES, OffreSaisie

__all__ = [
    "NATURES",
    "Anomalie",
    "Boite",
    "Commune",
    "Contexte",
    "DecisionFlux",
    "LectureOffres",
    "Lieux",
    "LigneOffre",
    "LoiAnnonces",
    "OffreSaisie",
    "Parametres",
    "PreuvePublicite",
    "can_move",
    "check_move",
    "check_offre",
    "check_publicite",
    "decide_flux",
    "load_loi",
    "load_parametres",
    "read_offres",
    "read_saisies",
    "split",
    "state",
]
