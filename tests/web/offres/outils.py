"""Invented landlords and offers for the tests of the site."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from palier.web.apps.organismes.models import Organisme
from palier.web.apps.organismes.operations import creer_cle, creer_organisme
from palier.web.apps.territoires.models import Commune, Epci, Membre, Millesime

MAINTENANT = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
AU = dt.date(2026, 11, 24)
SIREN = "732829320"

BONNE: dict[str, str] = {
    "reference_bailleur": "LGT-1",
    "bailleur": SIREN,
    "nature": "location",
    "titre": "T3 au deuxième étage",
    "commune_code": "67482",
    "code_postal": "67000",
    "adresse": "12 rue de la Douane",
    "precision_adresse": "numero",
    "typologie": "t3",
    "type_bien": "appartement",
    "surface_m2": "64",
    "etage": "2",
    "nb_etages": "4",
    "avec_ascenseur": "oui",
    "financement_offre": "plus",
    "loyer_logement_cent": "41250",
    "charges_logement_cent": "9500",
    "mode_charges": "provision",
    "depot_garantie_cent": "41250",
    "dpe_classe": "C",
    "ges_classe": "B",
    "dpe_date": "2023-05-02",
    "depense_min_cent": "82000",
    "depense_max_cent": "115000",
    "prix_energie_annee": "2022",
    "disponible_date": "2027-01-15",
    "mode_attribution": "candidature_ouverte",
    "public_reserve": "aucun",
    "contact_service": "Service location",
    "contact_telephone": "03 88 00 00 00",
    "contact_mail": "location@bailleur.example",
    "contact_adresse": "1 place du Marché, 67000 Strasbourg",
}


def lieux() -> None:
    """Load two communes of the Eurométropole, with boxes."""
    day = dt.date(2024, 1, 1)
    Millesime.objects.get_or_create(du=day, empreinte="0" * 64)
    Epci.objects.get_or_create(
        code="246700488",
        du=day,
        type="METRO",
        nom="Eurométropole de Strasbourg",
        cle="eurometropole de strasbourg",
    )
    rows = [
        (
            "67482",
            "Strasbourg",
            ["67000", "67100", "67200"],
            7.7521,
            48.5734,
            (7_688_000, 48_491_000, 7_837_000, 48_647_000),
        ),
        ("67447", "Schiltigheim", ["67300"], 7.7485, 48.6078, (7_706_000, 48_595_000, 7_780_000, 48_627_000)),
    ]
    for code, nom, postaux, lon, lat, (ouest, sud, est, nord) in rows:
        Commune.objects.get_or_create(
            code=code, du=day, type="actuelle", nom=nom, cle=nom.lower(), departement="67", region="44",
            zone="metro", codes_postaux=postaux, lon=lon, lat=lat, ouest=ouest, sud=sud, est=est, nord=nord,
        )  # fmt: skip
        Membre.objects.get_or_create(epci="246700488", commune=code, du=day)


def bailleur(siren: str = SIREN, nom: str = "Habitat d'essai") -> Organisme:
    """Open an invented landlord."""
    return creer_organisme(
        acteur="essai", siren=siren, nom=nom, genre="bailleur", courriel="contact@bailleur.example"
    )


def cle(organisme: Organisme, *portees: str) -> str:
    """Give a landlord's program a key; return its secret."""
    _, secret = creer_cle(
        acteur="essai",
        organisme=organisme,
        libelle="essai",
        portees=list(portees or ("offres:ecrire", "offres:lire")),
        expire_le=dt.date(2099, 1, 1),
    )
    return secret


def ligne(**change: str) -> dict[str, str]:
    """Return a good row with changes."""
    return BONNE | change


def csv_de(lignes: list[dict[str, str]]) -> bytes:
    """Return rows as a CSV file of the French kind."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(BONNE), delimiter=";")
    writer.writeheader()
    writer.writerows(lignes)
    return text.getvalue().encode()


def json_de(**change: Any) -> dict[str, Any]:
    """Return the offer that a program pushes."""
    found: dict[str, Any] = {
        name: value for name, value in BONNE.items() if name not in {"reference_bailleur", "bailleur"}
    }
    for name in (
        *(n for n in found if n.endswith("_cent")),
        "surface_m2",
        "etage",
        "nb_etages",
        "prix_energie_annee",
    ):
        found[name] = int(found[name])
    found["avec_ascenseur"] = True
    return found | change
