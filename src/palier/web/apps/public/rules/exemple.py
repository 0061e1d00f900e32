"""An invented file of offers that passes every check on a given day: a model for landlords."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import polars as pl

from palier.base.periods import add_months
from palier.formats.ecriture import to_text_cells
from palier.web.apps.offres.rules.saisie import TENUS_PAR_PALIER
from palier.web.apps.public.rules.table_ouverte import AJOUTS, columns, frame_of

_SIREN = "732829320"
_COMMUN: dict[str, Any] = {
    "bailleur": _SIREN,
    "code_postal": "67300",
    "commune_code": "67447",
    "contact_service": "Service location, agence Nord",
    "contact_telephone": "03 88 00 00 00",
    "contact_mail": "location@bailleur.example",
    "contact_adresse": "3 rue du Port, 67000 Strasbourg",
    "longitude": "7.7466",
    "latitude": "48.6053",
    "visites": "Sur rendez-vous au 03 88 00 00 00",
}
_LOGEMENT: dict[str, Any] = {
    "dpe_classe": "c",
    "ges_classe": "b",
    "depense_min_cent": 82_000,
    "depense_max_cent": 115_000,
    "type_bien": "appartement",
    "avec_ascenseur": True,
    "nb_etages": 5,
    "construction_annee": 1987,
}


def _days(au: dt.date) -> list[dict[str, Any]]:
    """Return the offers as plain data: to rent, to buy, premises."""
    certificate = {"dpe_date": add_months(au, -24).isoformat(), "prix_energie_annee": au.year - 3}
    free = (au + dt.timedelta(days=45)).isoformat()
    published = [(au - dt.timedelta(days=n)).isoformat() for n in (9, 8, 6)]
    rent = {
        "reference_bailleur": "A-100",
        "nature": "location",
        "titre": "T3 avec balcon, quartier des Écrivains",
        "description": "Appartement traversant au deuxième étage, à dix minutes du tramway.",
        "adresse": "rue de la Gare",
        "precision_adresse": "voie",
        "typologie": "t3",
        "surface_m2": 65,
        "nb_chambres": 2,
        "etage": 2,
        "meuble": False,
        "financement_offre": "plus",
        "loyer_logement_cent": 41_250,
        "charges_logement_cent": 9_800,
        "mode_charges": "provision",
        "depot_garantie_cent": 41_250,
        "public_reserve": "aucun",
        "mode_attribution": "file_demandes",
        "accessibilite": ["plain_pied", "ascenseur_large"],
        "accessibilite_absente": ["sejour_giration"],
        "equipements": ["balcon", "cave", "chauffage_collectif"],
    }
    sale = {
        "reference_bailleur": "V-12",
        "nature": "vente_hlm",
        "titre": "T4 au premier étage, parc de la mairie",
        "description": "Appartement de quatre pièces, chauffage collectif au gaz.",
        "adresse": "8 rue des Juifs",
        "precision_adresse": "numero",
        "typologie": "t4",
        "surface_m2": 82,
        "etage": 1,
        "prix_cent": 14_500_000,
        "prix_locataire_hlm_cent": 13_050_000,
        "copropriete": True,
        "nb_lots": 48,
        "charges_copro_an_cent": 132_000,
        "procedure_copro": False,
        "entree_patrimoine_date": "1994-06-01",
        "offres_limite_date": (au + dt.timedelta(days=60)).isoformat(),
        "offres_modalites": "Par lettre recommandée au service des ventes, 3 rue du Port, 67000 Strasbourg",
        "publication_site_date": published[0],
        "publication_hall_date": published[1],
        "publication_journal_date": published[2],
    }
    premises = {
        "reference_bailleur": "L-7",
        "nature": "local_activite",
        "titre": "Boutique de 80 m² sur rue",
        "description": "Local en pied d'immeuble, vitrine sur rue.",
        "adresse": "12 rue de la Gare",
        "precision_adresse": "numero",
        "surface_m2": 80,
        "surface_nature": "reelle",
        "surface_rdc_m2": 60,
        "surface_sous_sol_m2": 20,
        "vitrine_cm": 420,
        "extraction": False,
        "arrivee_eau": True,
        "erp_accessible": True,
        "local_etat": "bon",
        "travaux_charge": "preneur",
        "loyer_an_cent": 960_000,
        "charges_an_cent": 120_000,
        "loyer_fiscalite": "ht",
        "bail_type": "commercial",
        "activites_recherchees": "Commerce de bouche, réparation de vélos",
    }
    classes = {"dpe_classe": "c", "ges_classe": "b"}
    limit = {"candidature_limite_date": (au + dt.timedelta(days=30)).isoformat()}
    return [
        _COMMUN | certificate | _LOGEMENT | rent | {"disponible_date": free},
        _COMMUN | certificate | _LOGEMENT | sale | {"disponible_date": free},
        _COMMUN | certificate | classes | premises | limit | {"disponible_date": free},
    ]


def example_csv(au: dt.date) -> str:
    """Return the file as text, in the form that landlords may send."""
    lines = "\n".join(json.dumps(offer, ensure_ascii=False) for offer in _days(au))
    added = [nom for nom, _words, _kind in AJOUTS]
    kept = [nom for nom in columns() if nom not in {*added, *TENUS_PAR_PALIER}]
    table: pl.DataFrame = frame_of(lines, 0).select(kept)
    return to_text_cells(table).write_csv(separator=";")
