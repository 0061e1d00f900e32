"""Offers as schema.org says them: ``RealEstateListing`` with one ``Offer`` of one home.

References
----------
https://schema.org/RealEstateListing, https://schema.org/Accommodation
"""

from __future__ import annotations

import json
from typing import Any

from palier.web.apps.public.presentation.cartes import title_of

CONTEXTE = "https://schema.org"
_LEASE = "http://purl.org/goodrelations/v1#LeaseOut"
_SELL = "http://purl.org/goodrelations/v1#Sell"
_GONE = {"pourvue": "https://schema.org/SoldOut"}


def listing(carte: dict[str, Any], url: str, *, motif: str = "", langue: str = "fr") -> dict[str, Any]:
    """Return an offer as linked data, without its ``@context``.

    Parameters
    ----------
    carte : dict
        What lists show of the offer.
    url : str
        Public address of its page.
    motif : str
        Why it left; empty while it is on line.
    langue : str
        Language of its name.
    """
    return _clean(
        {
            "@type": "RealEstateListing",
            "@id": url,
            "url": url,
            "name": title_of(carte),
            "inLanguage": langue,
            "datePosted": (carte.get("publiee_le") or "")[:10] or None,
            "offers": _offer(carte, motif),
        }
    )


def _offer(carte: dict[str, Any], motif: str) -> dict[str, Any]:
    renting = carte["nature"] in {"location", "local_activite"}
    cents = carte.get("loyer_cc_cent") if renting else carte.get("prix_cent")
    amount = None if cents is None else f"{cents // 100}.{cents % 100:02d}"
    state = _GONE.get(motif, "https://schema.org/Discontinued") if motif else "https://schema.org/InStock"
    return {
        "@type": "Offer",
        "businessFunction": _LEASE if renting else _SELL,
        "price": amount,
        "priceCurrency": "EUR" if amount else None,
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": amount,
            "priceCurrency": "EUR",
            "unitCode": "MON",
        }
        if renting and amount
        else None,
        "availability": state,
        "availabilityStarts": carte.get("disponible_le"),
        "offeredBy": {
            "@type": "Organization",
            "name": carte.get("bailleur_nom"),
            "identifier": {"@type": "PropertyValue", "propertyID": "SIREN", "value": carte.get("bailleur")},
        },
        "itemOffered": _home(carte),
    }


def _home(carte: dict[str, Any]) -> dict[str, Any]:
    kinds = {"appartement": "Apartment", "maison": "House"}
    rooms = carte.get("typologie") or ""
    surface = carte.get("surface_m2")
    point = carte.get("longitude"), carte.get("latitude")
    return {
        "@type": kinds.get(carte.get("type_bien") or "", "Accommodation"),
        "accommodationCategory": rooms.upper() or None,
        "numberOfRooms": int(rooms[1:]) if rooms[1:].isdigit() else None,
        "floorSize": {"@type": "QuantitativeValue", "value": surface, "unitCode": "MTK"} if surface else None,
        "floorLevel": None if carte.get("etage") is None else str(carte["etage"]),
        "address": {
            "@type": "PostalAddress",
            "addressCountry": "FR",
            "addressLocality": carte.get("commune"),
            "postalCode": carte.get("code_postal"),
        },
        "geo": {"@type": "GeoCoordinates", "longitude": point[0], "latitude": point[1]}
        if None not in point
        else None,
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": code, "value": True}
            for code in carte.get("accessibilite") or ()
        ]
        or None,
    }


def _clean(node: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is unknown."""
    return {
        key: _clean(value) if isinstance(value, dict) else value
        for key, value in node.items()
        if value is not None
    }


def dumps(node: dict[str, Any]) -> str:
    """Return JSON text that may stand inside a page: no tag can be closed or opened by its values."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
