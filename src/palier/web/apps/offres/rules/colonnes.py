"""From what a landlord gave to what is searched and what lists show: one place, pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from palier.web.apps.offres.rules.saisie import OffreSaisie

_ROOMS = {"chambre": 1}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the territory says of the commune of an offer."""

    commune: str
    departement: str
    epci: str = ""
    longitude: float | None = None  # of the town hall, for offers without a point
    latitude: float | None = None


def rooms(typologie: str | None) -> int | None:
    """Return the number of main rooms: 6 stands for six and more, 1 for a single room."""
    if typologie is None:
        return None
    return _ROOMS.get(typologie) or int(typologie[1:])


def monthly_total(offre: OffreSaisie) -> int | None:
    """Return rent and charges [cents a month]; None while the rent is unknown."""
    if offre.nature == "local_activite":
        year = (offre.loyer_an_cent, offre.charges_an_cent)
        return None if year[0] is None else (year[0] + (year[1] or 0)) // 12
    if offre.loyer_logement_cent is None:
        return None
    return offre.loyer_logement_cent + (offre.charges_logement_cent or 0)


def energy_letter(classe: str | None) -> str:
    """Return the class in capitals; empty for a certificate that gives none (« vierge »)."""
    return (classe or "").upper() if len(classe or "") == 1 else ""


def is_step_free(offre: OffreSaisie) -> bool:
    """Tell whether one reaches the home without stairs: ground floor, or a lift."""
    return bool(offre.avec_ascenseur) or offre.etage == 0 or "plain_pied" in (offre.accessibilite or ())


def duplicate_key(offre: OffreSaisie) -> str:
    """Return what two offers of the same home share, surface apart; empty without an address."""
    if not offre.adresse or offre.precision_adresse in {"quartier", "commune"}:
        return ""
    address = " ".join(offre.adresse.casefold().replace(",", " ").split())
    return f"{offre.commune_code}|{address}|{offre.typologie}|{offre.etage}"[:120]


def search_columns(offre: OffreSaisie, situation: Situation) -> dict[str, Any]:
    """Return the columns by which an offer is searched and sorted."""
    has_point = offre.longitude is not None and offre.latitude is not None
    return {
        "nature": offre.nature,
        "titre": (offre.titre or "")[:120],
        "commune_code": offre.commune_code,
        "departement": situation.departement,
        "epci": situation.epci,
        "longitude": float(offre.longitude)
        if has_point and offre.longitude is not None
        else situation.longitude,
        "latitude": float(offre.latitude) if has_point and offre.latitude is not None else situation.latitude,
        "pieces": rooms(offre.typologie),
        "surface_m2": offre.surface_m2,
        "loyer_cc_cent": monthly_total(offre),
        "prix_cent": offre.prix_cent,
        "dpe": energy_letter(offre.dpe_classe),
        "financement": offre.financement_offre or "",
        "plain_pied": is_step_free(offre),
        "accessibilite": sorted(offre.accessibilite or ()),
        "public_reserve": "" if offre.public_reserve in {None, "aucun"} else offre.public_reserve,
        "disponible_le": offre.disponible_date,
        "cle_doublon": duplicate_key(offre),
    }


def card(offre: OffreSaisie, situation: Situation, bailleur: str, siren: str) -> dict[str, Any]:
    """Return what lists, feeds and the API show of an offer: nothing that is not public."""
    search = search_columns(offre, situation)
    kept = (
        "longitude",
        "latitude",
        "surface_m2",
        "loyer_cc_cent",
        "prix_cent",
        "plain_pied",
        "accessibilite",
    )
    found = {name: search[name] for name in kept}
    date = offre.disponible_date
    return found | {
        "reference": offre.reference_bailleur,
        "bailleur": siren,
        "bailleur_nom": bailleur,
        "nature": offre.nature,
        "titre": offre.titre,
        "commune_code": offre.commune_code,
        "commune": situation.commune,
        "code_postal": offre.code_postal,
        "departement": situation.departement,
        "typologie": offre.typologie,
        "type_bien": offre.type_bien,
        "etage": None if offre.occupe else offre.etage,
        "nb_etages": offre.nb_etages,
        "avec_ascenseur": offre.avec_ascenseur,
        "occupe": offre.occupe,
        "loyer_cent": offre.loyer_logement_cent,
        "charges_cent": offre.charges_logement_cent,
        "financement": offre.financement_offre,
        "dpe": energy_letter(offre.dpe_classe) or None,
        "ges": (offre.ges_classe or "").upper() or None,
        "qpv_code": offre.qpv_code,
        "public_reserve": search["public_reserve"] or None,
        "mode_attribution": offre.mode_attribution,
        "disponible_le": date.isoformat() if isinstance(date, dt.date) else None,
        "redevance_cent": offre.redevance_cent,
        "prix_locataire_hlm_cent": offre.prix_locataire_hlm_cent,
        "surface_nature": offre.surface_nature,
    }
