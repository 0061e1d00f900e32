"""Check one offer: every fault at once."""

from __future__ import annotations

from palier.web.apps.offres.rules.anomalies import Anomalie
from palier.web.apps.offres.rules.contexte import Contexte
from palier.web.apps.offres.rules.controles import (
    champs,
    contact,
    dates,
    energie,
    lieu,
    local,
    location,
    logement,
    textes,
    vente,
)
from palier.web.apps.offres.rules.saisie import OffreSaisie

_RIEN: frozenset[str] = frozenset()


def check_offre(offre: OffreSaisie, contexte: Contexte, illisibles: frozenset[str] = _RIEN) -> list[Anomalie]:
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
    return [
        *champs.check(offre, contexte, illisibles),
        *lieu.check(offre, contexte, illisibles),
        *logement.check(offre, contexte),
        *location.check(offre, contexte),
        *vente.check(offre, contexte),
        *energie.check(offre, contexte, illisibles),
        *local.check(offre, contexte, illisibles),
        *dates.check(offre, contexte),
        *textes.check(offre, contexte),
        *contact.check(offre, contexte),
    ]
