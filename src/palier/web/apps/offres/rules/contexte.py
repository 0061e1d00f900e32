"""What the checks of an offer know besides the offer: the date, the places, the law, the sender."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from palier.web.apps.offres.rules.droit import LoiAnnonces
from palier.web.apps.offres.rules.lieux import Lieux


@dataclass(frozen=True, slots=True)
class Contexte:
    """Surroundings of a check.

    Parameters
    ----------
    au : date
        Day of the check, Europe/Paris.
    lieux : Lieux
        Communes.
    loi : LoiAnnonces
        Law of ads at that date, :func:`palier.web.apps.offres.rules.load_loi`.
    emetteur : str, optional
        SIREN of the landlord who sends; None for a check without sender (dry
        run of the validator page).
    """

    au: dt.date
    lieux: Lieux
    loi: LoiAnnonces
    emetteur: str | None = None
