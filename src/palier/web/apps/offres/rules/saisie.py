"""An offer as a landlord gives it: typed, exact, possibly incomplete.

The fields are the columns of the table ``offres`` that a landlord fills in, in
the same order and with the same names; those that the platform keeps
(:data:`TENUS_PAR_PALIER`) are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any, Self

from palier.tables import Colonne, schema

Codes = frozenset[str]
TENUS_PAR_PALIER = ("statut_offre", "publiee_date", "confirmee_date", "expire_date")
NATURES = ("location", "vente_hlm", "location_accession", "brs", "vefa_accession", "local_activite")


@dataclass(frozen=True, slots=True, kw_only=True)
class OffreSaisie:
    """One public offer; None is unknown, never zero nor no.

    Codes are those of ``columns.yaml``; amounts are integer cents; coordinates
    are WGS84 degrees; sets of codes hold what is known to be there.
    """

    reference_bailleur: str | None = None
    bailleur: str | None = None
    nature: str | None = None
    titre: str | None = None
    description: str | None = None
    # place
    commune_code: str | None = None
    code_postal: str | None = None
    adresse: str | None = None
    precision_adresse: str | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    qpv_code: str | None = None
    # home
    typologie: str | None = None
    type_bien: str | None = None
    surface_m2: int | None = None
    nb_chambres: int | None = None
    etage: int | None = None
    nb_etages: int | None = None
    avec_ascenseur: bool | None = None
    meuble: bool | None = None
    occupe: bool | None = None
    construction_annee: int | None = None
    accessibilite: Codes | None = None
    accessibilite_absente: Codes | None = None
    equipements: Codes | None = None
    # to rent
    financement_offre: str | None = None
    loyer_logement_cent: int | None = None
    charges_logement_cent: int | None = None
    mode_charges: str | None = None
    depot_garantie_cent: int | None = None
    loyer_maximal_cent: int | None = None
    public_reserve: str | None = None
    public_reserve_base: str | None = None
    mode_attribution: str | None = None
    # to buy
    prix_cent: int | None = None
    prix_locataire_hlm_cent: int | None = None
    redevance_cent: int | None = None
    copropriete: bool | None = None
    nb_lots: int | None = None
    charges_copro_an_cent: int | None = None
    procedure_copro: bool | None = None
    entree_patrimoine_date: dt.date | None = None
    offres_limite_date: dt.date | None = None
    offres_modalites: str | None = None
    publication_site_date: dt.date | None = None
    publication_hall_date: dt.date | None = None
    publication_journal_date: dt.date | None = None
    livraison_date: dt.date | None = None
    levee_option_date: dt.date | None = None
    # energy
    dpe_classe: str | None = None
    ges_classe: str | None = None
    dpe_date: dt.date | None = None
    depense_min_cent: int | None = None
    depense_max_cent: int | None = None
    prix_energie_annee: int | None = None
    # business premises
    surface_nature: str | None = None
    surface_rdc_m2: int | None = None
    surface_sous_sol_m2: int | None = None
    surface_autres_m2: int | None = None
    vitrine_cm: int | None = None
    hauteur_plafond_cm: int | None = None
    extraction: bool | None = None
    puissance_kva: int | None = None
    arrivee_eau: bool | None = None
    erp_accessible: bool | None = None
    local_etat: str | None = None
    travaux_charge: str | None = None
    loyer_an_cent: int | None = None
    charges_an_cent: int | None = None
    loyer_fiscalite: str | None = None
    taxe_fonciere_an_cent: int | None = None
    bail_type: str | None = None
    franchise_mois: int | None = None
    loyer_progressif: str | None = None
    activites_recherchees: str | None = None
    activites_exclues: str | None = None
    candidature_limite_date: dt.date | None = None
    # visit and contact
    disponible_date: dt.date | None = None
    visites: str | None = None
    contact_service: str | None = None
    contact_telephone: str | None = None
    contact_mail: str | None = None
    contact_adresse: str | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Make an offer from a row of the table ``offres``, where sets of codes are masks."""
        read = {nom: row.get(nom) for nom in CHAMPS}
        for nom in _ensembles():
            masque = read[nom]
            if masque is not None:
                read[nom] = _codes_of(nom, masque)
        return cls(**read)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON: ISO dates, degrees as text, codes in the order of the registry."""
        found: dict[str, Any] = {}
        for nom in CHAMPS:
            value = getattr(self, nom)
            if isinstance(value, frozenset):
                value = [code for code in _ensembles()[nom].codes if code in value]
            elif isinstance(value, dt.date):
                value = value.isoformat()
            elif isinstance(value, Decimal):
                value = str(value)
            found[nom] = value
        return found


CHAMPS: tuple[str, ...] = tuple(f.name for f in fields(OffreSaisie))


@cache
def _ensembles() -> dict[str, Colonne]:
    return {c.nom: c for c in schema("offres").colonnes if c.type == "ensemble"}


@cache
def _codes_of(nom: str, masque: int) -> Codes:
    return frozenset(_ensembles()[nom].codes_of(masque))
