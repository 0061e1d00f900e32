"""Figures of a small invented territory, made once, published where a test asks."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from palier import law
from palier.engines.cotation.catalogue import read_grille
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.run import score
from palier.engines.cotation.statistiques import publish_attentes, publish_files, read_secteurs
from palier.synthetic import generate_territoire
from palier.web.apps.public.operations.chiffres import Publie, publier
from palier.web.apps.public.rules.chiffres import AConserver, figures_of, provenance_of

AU = dt.date(2026, 11, 24)
MAINTENANT = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
EMS = "246700488"
GRILLE = "demo-ems"


@cache
def a_conserver() -> AConserver:
    """Figures of 1,000 invented requests, with the grid of the demonstration."""
    made = generate_territoire(graine=1, au=AU, taille=0.05)
    loi = law.at(AU)
    texte = read_grille(GRILLE)
    grille = parse_grille(texte, f"{GRILLE}.yaml")
    scored = score(made.demandes, compile_grille(grille, loi), au=AU, evenements=made.evenements)
    secteurs = read_secteurs(made.baux)
    publication = publish_files(scored.table, made.demandes, secteurs)
    figures = figures_of(publication, publish_attentes(made.baux, AU))
    provenance = provenance_of(scored.provenance, grille, "0" * 64, secteurs.par_commune)
    return AConserver(EMS, AU, figures, provenance, grille, texte)


def publie(**change: Any) -> Publie:
    """Publish them, with changes."""
    from dataclasses import replace

    return publier(a_conserver=replace(a_conserver(), **change), maintenant=MAINTENANT)
