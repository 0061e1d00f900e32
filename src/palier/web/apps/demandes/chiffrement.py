"""Class 4 at rest: encrypted with a key that the database never holds (ADR 0021).

``PALIER_CLE_SENSIBLE`` closes; the keys of ``PALIER_CLES_SENSIBLES_ANCIENNES`` still open what they closed.
Outside production, where no key is given, the site makes one in its data folder. Each box is bound to its
request: moved to another one, it does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import uuid
from collections.abc import Iterable, Iterator
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
_HEAD, _BODY = 1 + _NAME, 1 + _NAME + _NONCE
_FICHIER = "cle-sensible"
_SENSIBLE, _FICHIERS, _EMPREINTES = (
    b"palier.demandes.sensible",
    b"palier.demandes.fichiers",
    b"palier.demandes.empreintes",
)
_ADRESSES = b"palier.adresses"


def encrypt(demande: uuid.UUID, valeurs: dict[str, Any]) -> bytes:
    """Close the class 4 of a request: version, name of the key, nonce, AES-256-GCM."""
    return next(encrypt_all([(demande.bytes, valeurs)]))


def encrypt_all(paires: Iterable[tuple[bytes, dict[str, Any]]]) -> Iterator[bytes]:
    """Close the class 4 of many requests, given by the bytes of their ids."""
    nom, box = _keys()[0]
    head = _VERSION + nom
    for demande, valeurs in paires:
        nonce = os.urandom(_NONCE)
        text = json.dumps(valeurs, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        yield head + nonce + box.encrypt(nonce, text, demande)


def decrypt(demande: uuid.UUID, chiffre: bytes) -> dict[str, Any]:
    """Open what :func:`encrypt` closed for this request.

    Raises
    ------
    UsageError
        DEM-020: no key given opens it, or it was altered.
    """
    return next(decrypt_all([(demande.bytes, bytes(chiffre))]))


def decrypt_all(paires: Iterable[tuple[bytes, bytes]]) -> Iterator[dict[str, Any]]:
    """Open many boxes, given with the bytes of the ids of their requests; an empty box holds nothing.

    Raises
    ------
    UsageError
        DEM-020: no key given opens one of them, or it was altered.
    """
    keys = {_VERSION + nom: box for nom, box in _keys()}
    for demande, body in paires:
        if not body:
            yield {}
            continue
        box = keys.get(body[:_HEAD])
        if box is None:
            raise _closed()
        try:
            text = box.decrypt(body[_HEAD:_BODY], body[_BODY:], demande)
        except (InvalidTag, ValueError) as error:
            raise _closed() from error
        yield json.loads(text.decode())


def seal(nom: uuid.UUID, octets: bytes) -> bytes:
    """Close the bytes of a file, bound to its id."""
    (key, box), nonce = _keys(_FICHIERS)[0], os.urandom(_NONCE)
    return _VERSION + key + nonce + box.encrypt(nonce, octets, nom.bytes)


def unseal(nom: uuid.UUID, chiffre: bytes) -> bytes:
    """Open what :func:`seal` closed for this file.

    Raises
    ------
    UsageError
        DEM-020: no key given opens it, or it was altered.
    """
    box = {_VERSION + key: found for key, found in _keys(_FICHIERS)}.get(chiffre[:_HEAD])
    if box is None:
        raise _closed()
    try:
        return box.decrypt(chiffre[_HEAD:_BODY], chiffre[_BODY:], nom.bytes)
    except (InvalidTag, ValueError) as error:
        raise _closed() from error


def fingerprint(demande: uuid.UUID, octets: bytes) -> str:
    """Return what tells that the same file was given again for a request, and nothing to anybody else."""
    return hmac.new(_derived(_secrets()[0], _EMPREINTES), demande.bytes + octets, "sha256").hexdigest()


def mark(texte: str) -> str:
    """Return what tells that two persons gave the same address, and nothing else of it."""
    return hmac.new(_derived(_secrets()[0], _ADRESSES), texte.encode(), "sha256").hexdigest()


def _closed() -> UsageError:
    return UsageError(
        Problem(
            "DEM-020",
            "réglage PALIER_CLE_SENSIBLE",
            "Aucune clé donnée n'ouvre les données sensibles d'une demande.",
            "Remettez la clé d'avant dans PALIER_CLES_SENSIBLES_ANCIENNES.",
        )
    )


def _secrets() -> tuple[str, ...]:
    """Return the secret that closes, then the former ones."""
    return (settings.CLE_SENSIBLE or _own_key(settings.DONNEES), *settings.CLES_SENSIBLES_ANCIENNES)


def _keys(usage: bytes = _SENSIBLE) -> list[tuple[bytes, AESGCM]]:
    """Return the key of a use that closes, then the former ones, each with its name."""
    return [_box(secret, usage) for secret in _secrets()]


def key_names() -> tuple[bytes, ...]:
    """Return the names of the keys that open class 4 here, that which closes first."""
    return tuple(nom for nom, _box in _keys())


def _derived(secret: str, usage: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=usage).derive(secret.encode())


@cache
def _box(secret: str, usage: bytes) -> tuple[bytes, AESGCM]:
    derived = _derived(secret, usage)
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
