"""Invented examples of the OpenAPI document; a test reads each one with the schema that shows it."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

CARTE: dict[str, Any] = {
    "id": "01a20d3d-f489-7725-a185-6a37db13f085",
    "statut": "publiee",
    "publiee_le": "2026-11-20T08:12:00+00:00",
    "confirmee_le": "2026-11-24T06:30:00+00:00",
    "reference": "LGT-00042",
    "bailleur": "732829320",
    "bailleur_nom": "Habitat d'essai",
    "nature": "location",
    "titre": "T3 au deuxième étage",
    "commune_code": "67482",
    "commune": "Strasbourg",
    "code_postal": "67000",
    "departement": "67",
    "longitude": 7.7521,
    "latitude": 48.5734,
    "typologie": "t3",
    "type_bien": "appartement",
    "surface_m2": 64,
    "etage": 2,
    "nb_etages": 4,
    "avec_ascenseur": True,
    "plain_pied": True,
    "occupe": None,
    "loyer_cent": 41_250,
    "charges_cent": 9_500,
    "loyer_cc_cent": 50_750,
    "prix_cent": None,
    "prix_locataire_hlm_cent": None,
    "redevance_cent": None,
    "financement": "plus",
    "dpe": "C",
    "ges": "B",
    "qpv_code": None,
    "accessibilite": ["plain_pied", "ascenseur_large"],
    "public_reserve": None,
    "mode_attribution": "file_demandes",
    "disponible_le": "2027-01-15",
    "surface_nature": None,
}
LISTE: dict[str, Any] = {"nombre": 38, "suivante": "MjAyNi0xMS0yMHwwMWEyMGQzZA", "offres": [CARTE]}
PROBLEME: dict[str, Any] = {
    "code": "OFF-201",
    "ou": "filtre « typologie »",
    "constat": "Cette valeur n'est pas reconnue.",
    "que_faire": "Choisissez de T1 à T6.",
    "reference": None,
}
ERREUR: dict[str, Any] = {"title": "Saisie à corriger", "status": 422, "problemes": [PROBLEME]}
DEPOT: dict[str, Any] = {
    "id": CARTE["id"],
    "reference": "LGT-00042",
    "version": 1,
    "statut": "publiee",
    "nouvelle": True,
    "changee": True,
}
LOT: dict[str, Any] = {
    "id": "01a20d3d-f50a-73fa-9431-39b2c34a0a99",
    "etat": "applique",
    "nom": "offres.csv",
    "complet": False,
    "essai": False,
    "recu_le": "2026-11-24T06:30:00+00:00",
    "controle_le": "2026-11-24T06:30:02+00:00",
    "applique_le": "2026-11-24T06:30:02+00:00",
    "rapport": {"problemes": [], "avertissements": []},
}
PHOTO: dict[str, Any] = {
    "id": "01a20d3d-f611-7c02-8c55-0d5d3c3f6a10",
    "empreinte": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "texte": "Séjour, fenêtre sur la cour",
    "ordre": 1,
    "largeur": 1200,
    "hauteur": 900,
    "url": "https://site.example/photos/01a20d3d-f611-7c02-8c55-0d5d3c3f6a10-1200.webp",
}
#: What a landlord's program pushes; words of columns as in the Table Schema.
SAISIE: dict[str, Any] = {
    "nature": "location",
    "titre": "T3 au deuxième étage",
    "commune_code": "67482",
    "code_postal": "67000",
    "adresse": "12 rue de la Douane",
    "precision_adresse": "numero",
    "typologie": "t3",
    "type_bien": "appartement",
    "surface_m2": 64,
    "etage": 2,
    "nb_etages": 4,
    "avec_ascenseur": True,
    "financement_offre": "plus",
    "loyer_logement_cent": 41_250,
    "charges_logement_cent": 9_500,
    "mode_charges": "provision",
    "depot_garantie_cent": 41_250,
    "dpe_classe": "c",
    "ges_classe": "b",
    "dpe_date": "2023-05-02",
    "depense_min_cent": 82_000,
    "depense_max_cent": 115_000,
    "prix_energie_annee": 2022,
    "disponible_date": "2027-01-15",
    "mode_attribution": "candidature_ouverte",
    "public_reserve": "aucun",
    "contact_service": "Service location",
    "contact_telephone": "03 88 00 00 00",
    "contact_mail": "location@bailleur.example",
    "contact_adresse": "1 place du Marché, 67000 Strasbourg",
}


def shown(exemple: dict[str, Any]) -> ConfigDict:
    """Return what a schema of the API declares to show an example."""
    return ConfigDict(json_schema_extra={"examples": [exemple]})


def _header(nom: str, mots: str, longueur: int, exemple: str) -> dict[str, Any]:
    """Return a header that a program may send."""
    schema = {"type": "string", "maxLength": longueur, "examples": [exemple]}
    return {"in": "header", "name": nom, "required": False, "description": mots, "schema": schema}


#: Body of a push and the version that its sender knows, in the OpenAPI document.
CORPS: dict[str, Any] = {
    "requestBody": {"content": {"application/json": {"examples": {"location": {"value": SAISIE}}}}},
    "parameters": [
        _header("If-Match", "Version connue (ETag) : refus 412 si l'offre a changé depuis.", 12, '"3"')
    ],
}
#: What makes a lot sent twice a single lot.
IDEMPOTENCE: dict[str, Any] = {
    "parameters": [
        _header(
            "Idempotency-Key",
            "Le même fichier envoyé deux fois sous la même clé est un seul lot.",
            80,
            "2026-11-24-matin",
        )
    ]
}
