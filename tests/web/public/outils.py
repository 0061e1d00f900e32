"""Invented offers on line, written as an operation would write them."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from decimal import Decimal
from typing import Any

from lxml import html

from palier.web.apps.offres.models import Offre
from palier.web.apps.offres.operations.ecriture import values_of
from palier.web.apps.offres.queries.lieux import situation_of
from palier.web.apps.offres.rules import OffreSaisie
from palier.web.apps.organismes.models import Organisme
from palier.web.horloge import aujourdhui, maintenant
from tests.web.offres.outils import SIREN, bailleur

_NUMBERS = itertools.count(1)
_COMMUN: dict[str, Any] = {
    "bailleur": SIREN,
    "commune_code": "67482",
    "code_postal": "67000",
    "adresse": "12 rue de la Douane",
    "precision_adresse": "numero",
    "longitude": Decimal("7.7521"),
    "latitude": Decimal("48.5734"),
    "contact_service": "Service location",
    "contact_telephone": "03 88 00 00 00",
    "contact_mail": "location@bailleur.example",
    "contact_adresse": "1 place du Marché, 67000 Strasbourg",
}
_LOGEMENT: dict[str, Any] = {
    "typologie": "t3",
    "type_bien": "appartement",
    "surface_m2": 64,
    "etage": 2,
    "nb_etages": 4,
    "avec_ascenseur": True,
    "dpe_classe": "c",
    "ges_classe": "b",
    "dpe_date": dt.date(2023, 5, 2),
    "depense_min_cent": 82_000,
    "depense_max_cent": 115_000,
    "prix_energie_annee": 2022,
}
LOCATION = _COMMUN | _LOGEMENT | {
    "nature": "location",
    "financement_offre": "plus",
    "loyer_logement_cent": 41_250,
    "charges_logement_cent": 9_500,
    "mode_charges": "provision",
    "depot_garantie_cent": 41_250,
    "mode_attribution": "candidature_ouverte",
    "public_reserve": "aucun",
}  # fmt: skip
VENTE = _COMMUN | _LOGEMENT | {
    "nature": "vente_hlm",
    "prix_cent": 14_500_000,
    "prix_locataire_hlm_cent": 13_050_000,
    "copropriete": True,
    "nb_lots": 48,
    "charges_copro_an_cent": 132_000,
    "procedure_copro": False,
    "entree_patrimoine_date": dt.date(1994, 6, 1),
    "offres_modalites": "Par lettre recommandée au service des ventes",
}  # fmt: skip
BRS = _COMMUN | _LOGEMENT | {"nature": "brs", "prix_cent": 16_000_000, "redevance_cent": 10_800}
PSLA = (
    _COMMUN | _LOGEMENT | {"nature": "location_accession", "prix_cent": 18_900_000, "redevance_cent": 60_000}
)
NEUF = _COMMUN | _LOGEMENT | {"nature": "vefa_accession", "prix_cent": 21_000_000}
LOCAL = _COMMUN | {
    "nature": "local_activite",
    "surface_m2": 140,
    "surface_nature": "reelle",
    "vitrine_cm": 420,
    "extraction": False,
    "loyer_an_cent": 1_200_000,
    "charges_an_cent": 216_000,
    "loyer_fiscalite": "ht",
    "bail_type": "commercial",
}  # fmt: skip


def creer(base: dict[str, Any] = LOCATION, *, statut: str = "publiee", **change: Any) -> Offre:
    """Put an offer on line; ``motif`` withdraws it, ``age`` is that of its confirmation [days]."""
    motif, age, doublon = change.pop("motif", ""), change.pop("age", 0), change.pop("doublon_de", None)
    organisme = Organisme.objects.filter(siren=SIREN).first() or bailleur()
    values = base | {"reference_bailleur": f"LGT-{next(_NUMBERS)}"} | change
    saisie = OffreSaisie(**values)
    seen = maintenant() - dt.timedelta(days=age)
    on_line = statut in {"publiee", "a_confirmer", "retiree"}
    return Offre.objects.create(
        organisme=organisme,
        reference=saisie.reference_bailleur,
        statut=statut,
        motif_retrait=motif,
        retiree_le=maintenant() if statut == "retiree" else None,
        publiee_le=seen if on_line else None,
        confirmee_le=seen if on_line else None,
        doublon_de=doublon,
        **values_of(organisme, saisie, situation_of(saisie.commune_code, aujourdhui())),
    )


def arbre(answer: Any) -> Any:
    """Return the tree of a page."""
    return html.fromstring(answer.content.decode())


def texte(node: Any) -> str:
    """Return the words of a node, spaces made plain."""
    found = str(node.text_content()).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")
    return re.sub(r"\s+", " ", found)


def references(answer: Any) -> list[str]:
    """Return the ids of the offers that a list shows, in order."""
    links = arbre(answer).cssselect("ol.offres a")
    return [link.get("href").rpartition("/")[2] for link in links]
