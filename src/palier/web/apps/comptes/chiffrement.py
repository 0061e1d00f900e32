"""Secrets at rest: encrypted with a key drawn from the site's secret, which the database never holds.

A rotation keeps working: former secrets (``PALIER_SECRETS_ANCIENS``) still open what they closed.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def _key(secret: str) -> Fernet:
    """Derive the key of one secret."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"palier.comptes.facteur").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def encrypt(texte: str) -> str:
    """Return a text that only this site can read."""
    return _keys().encrypt(texte.encode()).decode()


def decrypt(chiffre: str) -> str:
    """Return what :func:`encrypt` closed.

    Raises
    ------
    cryptography.fernet.InvalidToken
        The site's secret has changed and the former one is not kept.
    """
    return _keys().decrypt(chiffre.encode()).decode()
