"""What every contestant needs to know: codes and their places, legal ceilings, ages and months by day.

Read once from the registry of columns and the law, so that no contestant has a
private copy of a number.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from bench.regles import read_familles
from palier import law
from palier.base.periods import complete_months
from palier.engines.cotation.model.grille import parse_grille
from palier.engines.cotation.model.nodes import Grille
from palier.tables import colonne

GRILLE = Path(__file__).with_name("grille_banc.yaml")
ETATS = pl.Enum(["note", "note_partielle", "hors_champ", "refusee"])
MOTIFS = pl.Enum(
    "posterieure radiee attribuee expiree autre_territoire reponse_absente rapport_indefini".split()
)
COLONNES = (
    "date_depot_initial date_renouvellement statut naissance conjoint_naissance en_couple nb_personnes "
    "nb_a_charge nb_mineurs nb_moins_14 handicap nb_carte_invalidite rfr_n2_eur ressources_mensuelles_cent "
    "situation_professionnelle travailleur_essentiel logement_mode logement_depuis logement_surface_m2 "
    "logement_nb_occupants logement_non_decent loyer_cent charges_cent aide_logement_cent motifs ascenseur "
    "dalo publics_valides label_pdalhpd label_accord_collectif label_sortant_hebergement vit_sur_territoire "
    "travaille_sur_territoire zone"
).split()
TYPOLOGIES = colonne("typologies").codes
TYPOLOGIE = colonne("typologie").dtype
PREUVES = ("verifie_piece", "verifie_social", "verifie_etat")
# no ceiling is lacking here, so that the bits of the tables are never set
MANQUABLES = ("evenements", *sorted(COLONNES), "loi:plafonds_pls", "loi:plafonds_plus")
PREMIER = dt.date(1880, 1, 1)
DERNIER = dt.date(2120, 12, 31)
DECALAGE = (dt.date(1970, 1, 1) - PREMIER).days
CATEGORIES = 31


@cache
def grille() -> Grille:
    return parse_grille(GRILLE.read_text(encoding="utf-8"), GRILLE.name)


def criteres() -> list[str]:
    return [c.id for s in grille().systemes for c in s.criteres()]


def mask(nom: str, *codes: str) -> int:
    """Bits of some codes in a set column."""
    return colonne(nom).mask(list(codes))


@cache
def ceilings(table: str, au: dt.date) -> list[int]:
    """Legal ceilings in euros: category 1 to 31, three zones each."""
    loi = law.at(au, non_verifie=True)
    return [
        int(loi.lookup(table, (str(c), zone)))
        for c in range(1, CATEGORIES + 1)
        for zone in colonne("zone").codes
    ]


@cache
def months_by_day(au: dt.date) -> list[int]:
    """Complete months from each day of 1880-2120 to ``au``; 0 after it."""
    days = (DERNIER - PREMIER).days + 1
    known = (au - PREMIER).days
    return [complete_months(PREMIER + dt.timedelta(days=i), au) if i <= known else 0 for i in range(days)]


def as_json(au: dt.date) -> dict[str, Any]:
    """Everything a neighbour outside our venv needs, as plain data."""
    return {
        "au": (au - dt.date(1970, 1, 1)).days,
        "au_moins_12_mois": (dt.date(au.year - 1, au.month, au.day) - dt.date(1970, 1, 1)).days,
        "decalage": DECALAGE,
        "mois": months_by_day(au),
        "plafonds": {nom: ceilings(nom, au) for nom in ("plafonds_plus", "plafonds_pls")},
        "codes": {nom: list(colonne(nom).codes) for nom in COLONNES},
        "criteres": criteres(),
        "familles": read_familles(grille(), au),
        "manquables": list(MANQUABLES),
        "plafond": grille().plafond,
        "plancher": grille().plancher,
    }
