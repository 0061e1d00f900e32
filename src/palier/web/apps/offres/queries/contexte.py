"""What the checks of offers need on a day: law, places, parameters, sender."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

from palier import law
from palier.web.apps.offres.rules import Contexte, Parametres, load_loi, load_parametres
from palier.web.apps.offres.rules import Lieux as LieuxOffre
from palier.web.apps.organismes import queries as organismes
from palier.web.apps.territoires.queries import Lieux
from palier.web.horloge import aujourdhui

_REGLES = ("rappel_jours", "a_confirmer_jours", "retrait_jours", "baisse_max_pour_cent")


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
    """Return the delays of freshness that the operator has set, those of Palier otherwise."""
    given = organismes.parameters(aujourdhui())
    return replace(load_parametres(), **{nom: given[f"fraicheur.{nom}"] for nom in _REGLES})
