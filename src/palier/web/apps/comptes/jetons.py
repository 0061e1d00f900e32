"""Signed links of accounts: they hold an id, never an address, and die with the password that they set."""

from __future__ import annotations

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from palier.web.apps.comptes.models import Utilisateur

_SALT = "palier.comptes.invitation"
VALIDITE_HEURES = 72


def _state(utilisateur: Utilisateur) -> str:
    """Return what changes as soon as the link has served."""
    value = f"{utilisateur.pk}:{utilisateur.password}:{utilisateur.is_active}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:24]


def invitation(utilisateur: Utilisateur) -> str:
    """Return the token of an invitation."""
    return signing.dumps([str(utilisateur.pk), _state(utilisateur)], salt=_SALT)


def read_invitation(jeton: str) -> Utilisateur | None:
    """Return the account that a live token opens, None if it is used, old or forged."""
    try:
        number, state = signing.loads(jeton, salt=_SALT, max_age=VALIDITE_HEURES * 3_600)
    except (signing.BadSignature, ValueError):
        return None
    found = Utilisateur.objects.filter(pk=number, is_active=True).first()
    return found if found and constant_time_compare(state, _state(found)) else None
