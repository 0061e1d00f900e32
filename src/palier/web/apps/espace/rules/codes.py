"""Codes of six digits: drawn, kept as a digest, tried five times."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

ESSAIS, DUREE = 5, dt.timedelta(minutes=15)
#: How many codes an address may ask for in the life of one, and how often a request may be claimed.
ENVOIS, RATTACHEMENTS, MEMOIRE = 5, 5, dt.timedelta(days=30)
#: Idle time of a session: a computer of one's own, a shared one.
VEILLE, VEILLE_PARTAGE = dt.timedelta(minutes=30), dt.timedelta(minutes=10)


def digest(secret: str, usage: str, *parts: str) -> str:
    """Return a digest that only this site can make; the use keeps digests of two kinds apart.

    Examples
    --------
    >>> digest("s", "entree", "a@b.fr") == digest("s", "lien", "a@b.fr")
    False
    """
    text = "\x1f".join((usage, *parts))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two digests in a time that says nothing."""
    return hmac.compare_digest(one, other)


def address_of(courriel: str) -> str:
    """Return an address as it is compared.

    Examples
    --------
    >>> address_of("  Nadia@Exemple.FR ")
    'nadia@exemple.fr'
    """
    return courriel.strip().lower()


def number_of(texte: str) -> str:
    """Return a unique number as it is kept: as copied from a letter, with its spaces.

    Examples
    --------
    >>> number_of("067 0524 004127 g2104")
    '0670524004127G2104'
    """
    return "".join(texte.split()).replace("-", "").upper()
