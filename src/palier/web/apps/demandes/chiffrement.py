"""Class 4 at rest: encrypted with a key that the database never holds (ADR 0021).

``PALIER_CLE_SENSIBLE`` closes; the keys of ``PALIER_CLES_SENSIBLES_ANCIENNES`` still open what they closed.
Outside production, where no key is given, the site makes one in its data folder. Each box is bound to its
request: moved to another one, it does not open.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from palier.base.errors import Problem, UsageError

_VERSION = b"\x01"
_NAME, _NONCE = 4, 12
_FICHIER = "cle-sensible"


def encrypt(demande: uuid.UUID, valeurs: dict[str, Any]) -> bytes:
    """Close the class 4 of a request: version, name of the key, nonce, AES-256-GCM."""
    nom, box = _keys()[0]
    nonce = os.urandom(_NONCE)
    text = json.dumps(valeurs, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return _VERSION + nom + nonce + box.encrypt(nonce, text, demande.bytes)


def decrypt(demande: uuid.UUID, chiffre: bytes) -> dict[str, Any]:
    """Open what :func:`encrypt` closed for this request.

    Raises
    ------
    UsageError
        DEM-020: no key given opens it, or it was altered.
    """
    body = bytes(chiffre)
    nom, nonce = body[1 : 1 + _NAME], body[1 + _NAME : 1 + _NAME + _NONCE]
    for known, box in _keys():
        if known == nom and body[:1] == _VERSION:
            try:
                text = box.decrypt(nonce, body[1 + _NAME + _NONCE :], demande.bytes)
            except (InvalidTag, ValueError):
                break
            found: dict[str, Any] = json.loads(text)
            return found
    raise UsageError(
        Problem(
            "DEM-020",
            "réglage PALIER_CLE_SENSIBLE",
            "Aucune clé donnée n'ouvre les données sensibles d'une demande.",
            "Remettez la clé d'avant dans PALIER_CLES_SENSIBLES_ANCIENNES.",
        )
    )


def _keys() -> list[tuple[bytes, AESGCM]]:
    """Return the key that closes, then the former ones, each with its name."""
    current = settings.CLE_SENSIBLE or _own_key(settings.DONNEES)
    return [_box(secret) for secret in (current, *settings.CLES_SENSIBLES_ANCIENNES)]


@cache
def _box(secret: str) -> tuple[bytes, AESGCM]:
    derived = HKDF(SHA256(), 32, salt=None, info=b"palier.demandes.sensible").derive(secret.encode())
    return hashlib.sha256(derived).digest()[:_NAME], AESGCM(derived)


@cache
def _own_key(dossier: Path) -> str:
    """Return the key of a demonstration or a test, made at its first use; only its owner may read it."""
    place = dossier / _FICHIER
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return place.read_text(encoding="utf-8")
