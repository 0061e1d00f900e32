"""What a program may be told, to which address, and how a call is signed; no Django here."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

#: Events that a subscription may ask for, by verb of the journal (its start, up to a point).
EVENEMENTS: dict[str, tuple[str, ...]] = {
    "vacance": ("vacance.",),
    "candidature": ("candidature.",),
    "seance": ("seance.", "point.", "pv."),
    "decision": ("decision.", "point.clore"),
    "proposition": ("proposition.",),
    "bail": ("bail.",),
}
ESSAI = "essai"
LONGUEUR_MAX = 300


def event_of(verbe: str) -> tuple[str, ...]:
    """Return the events that a verb of the journal belongs to; acts of reading and refusals belong to none.

    Examples
    --------
    >>> event_of("vacance.orienter"), event_of("acces.refuser"), event_of("point.clore")
    (('vacance',), (), ('seance', 'decision'))
    """
    if verbe == "vacance.rechercher":
        return ()
    return tuple(name for name, starts in EVENEMENTS.items() if verbe.startswith(starts))


def body_of(identifiant: object, verbe: str, objet: str, objet_id: object, instant: str) -> dict[str, Any]:
    """Return the body of a call: identifiers, never what they hold."""
    return {
        "id": str(identifiant), "evenement": verbe, "objet": objet, "objet_id": str(objet_id),
        "instant": instant,
    }  # fmt: skip


def to_bytes(corps: dict[str, Any]) -> bytes:
    """Return a body as it is sent and signed."""
    return json.dumps(corps, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def sign(secret: str, instant: int, corps: bytes) -> str:
    """Return the header that proves who sends a body, and when.

    Examples
    --------
    >>> sign("s", 1, b"{}")[:8]
    't=1,v1=b'
    """
    mark = hmac.new(secret.encode(), f"{instant}.".encode() + corps, hashlib.sha256).hexdigest()
    return f"t={instant},v1={mark}"


def wrong_with(url: str, hotes: Collection[str]) -> str:
    """Return why an address may not be told; empty if it may.

    Examples
    --------
    >>> wrong_with("https://si.bailleur.fr/palier", ["si.bailleur.fr"])
    ''
    >>> wrong_with("http://si.bailleur.fr/", ["si.bailleur.fr"]), wrong_with("https://autre.fr/", [])
    ('https', 'hote')
    """
    if len(url) > LONGUEUR_MAX or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "forme"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "forme"
    if parts.scheme != "https":
        return "https"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "forme"
    if port not in (None, 443):
        return "port"
    if (parts.hostname or "") not in hotes:
        return "hote"
    return ""


def all_public(adresses: Iterable[str]) -> bool:
    """Tell whether a name leads to public addresses only: one that does not closes them all.

    Examples
    --------
    >>> all_public(["93.184.216.34"]), all_public(["93.184.216.34", "10.0.0.1"]), all_public([])
    (True, False, False)
    """
    found = [ipaddress.ip_address(a.partition("%")[0]) for a in adresses]
    return bool(found) and all(_is_public(a) for a in found)


def _is_public(adresse: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inside = getattr(adresse, "ipv4_mapped", None) or getattr(adresse, "sixtofour", None)
    if inside is not None:
        return _is_public(inside)
    return adresse.is_global and not adresse.is_multicast and not adresse.is_reserved
