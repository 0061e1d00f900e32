"""What the checks of offers need on a day: law, places, parameters, sender."""

from __future__ import annotations

import datetime as dt

from palier import law
from palier.web.apps.offres.rules import Contexte, Parametres, load_loi, load_parametres
from palier.web.apps.territoires import queries as territoires


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
    return Contexte(au=au, lieux=territoires.lieux(au), loi=loi, emetteur=emetteur)


def parametres() -> Parametres:
    """Return the delays of freshness in force."""
    return load_parametres()
