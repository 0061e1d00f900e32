"""What the checks of offers need on a day: law, places, parameters, sender."""

from __future__ import annotations

import datetime as dt
from typing import cast

from palier import law
from palier.web.apps.offres.rules import Contexte, Parametres, load_loi, load_parametres
from palier.web.apps.offres.rules import Lieux as LieuxOffre
from palier.web.apps.territoires.queries import Lieux


def contexte_du(au: dt.date, emetteur: str | None = None) -> Contexte:
    """Return the surroundings of the checks on a day.

    Parameters
    ----------
    au : date
        Day in Paris.
    emetteur : str, optional
        SIREN of the landlord who sends.
    """
    loi = load_loi(law.load().at(au, non_verifie=True))
    return Contexte(au=au, lieux=cast("LieuxOffre", Lieux()), loi=loi, emetteur=emetteur)


def parametres() -> Parametres:
    """Return the delays of freshness in force."""
    return load_parametres()
