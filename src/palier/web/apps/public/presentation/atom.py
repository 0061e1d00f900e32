"""The newest offers of a selection as an Atom feed: stable ids, one entry an offer.

References
----------
RFC 4287 (Atom), RFC 4151 (tag addresses)
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import quoteattr

from django.utils.html import escape

from palier.web.apps.public.presentation.cartes import place_of, price_of, title_of
from palier.web.components.ecriture import ecrire_montant

_DEBUT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def feed(
    cartes: list[dict[str, Any]], *, titre: str, page: str, flux: str, auteur: str, langue: str = "fr"
) -> str:
    """Return the feed.

    Parameters
    ----------
    cartes : list of dict
        Cards of offers with ``publiee_le``, the newest first.
    titre, page, flux : str
        Title; addresses of the list for persons and of the feed itself.
    auteur : str
        Who runs the site.
    """
    updated = max((_instant(card) for card in cartes), default=_DEBUT)
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{langue}">',
        f"<title>{escape(titre)}</title>",
        f"<id>{escape(flux)}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(flux)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>',
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{escape(auteur)}</name></author>",
        "<rights>Licence Ouverte 2.0</rights>",
    ]
    site = f"{urlsplit(flux).scheme}://{urlsplit(flux).netloc}"
    return "\n".join([*head, *(_entry(card, site) for card in cartes), "</feed>", ""])


def _instant(card: dict[str, Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(card["publiee_le"]).astimezone(dt.UTC)


def _entry(card: dict[str, Any], site: str) -> str:
    """Return an entry: its instant is that of its publication, so that a confirmation makes no news."""
    when = _instant(card).isoformat()
    price, mention = price_of(card)
    url = f"{site}/offres/{card['id']}"
    words = [place_of(card), f"{ecrire_montant(price)} {mention}" if price is not None else ""]
    words += [f"énergie {card['dpe'].upper()}" if card.get("dpe") else "", card.get("bailleur_nom") or ""]
    return (
        f"<entry><title>{escape(title_of(card))}, {escape(place_of(card))}</title>"
        f"<id>urn:uuid:{card['id']}</id><published>{when}</published><updated>{when}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(url)}/>'
        f"<category term={quoteattr(card['nature'])}/>"
        f"<summary>{escape(', '.join(word for word in words if word))}</summary></entry>"
    )
