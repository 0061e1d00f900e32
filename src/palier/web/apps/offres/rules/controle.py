"""Check one offer: every fault at once."""

from __future__ import annotations

from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.saisie import OffreSaisie


def check_offre(
    offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str] = frozenset()
) -> list[Anomalie]:
    """Return all that is wrong in an offer, blocking or not.

    Parameters
    ----------
    offre : OffreSaisie
        The offer.
    contexte : Contexte
        Date, places, law, sender.
    illisibles : frozenset of str
        Columns whose cell was filled but could not be read: they are not
        reported as missing.

    Returns
    -------
    list of Anomalie
        ``niveau`` is ``bloquant`` or ``avertissement``; :meth:`Anomalie.problem`
        gives the words.
    """
    raise NotImplementedError
