"""Members of the staff for the tests: organismes, accounts with functions, clients that are logged in."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.hashers import make_password
from django.test import Client

from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.organismes.models import Fonction, Organisme
from palier.web.apps.organismes.rules.roles import ROLES_PAR_GENRE

SECRET_TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MOT_DE_PASSE = "trois paliers de marbre gris"
GENRES = {role: genre for genre, roles in ROLES_PAR_GENRE.items() for role in roles}
_numero = itertools.count(1)


def luhn_siren(base: int) -> str:
    """Nine digits that satisfy the check of SIREN."""
    for last in range(10):
        text = f"{base:08d}{last}"
        digits = [int(c) * (1 + i % 2) for i, c in enumerate(text)]
        if sum(d // 10 + d % 10 for d in digits) % 10 == 0:
            return text
    raise AssertionError(base)


@functools.cache
def _empreinte() -> str:
    """The hash of ``MOT_DE_PASSE``, made once: it is slow on purpose."""
    return make_password(MOT_DE_PASSE)


def creer_organisme(genre: str = "bailleur", nom: str = "") -> Organisme:
    number = next(_numero)
    return Organisme.objects.create(
        siren=luhn_siren(30_000_000 + number), nom=nom or f"Organisme {number:04d}", genre=genre
    )


def creer_agent(role: str, organisme: Organisme | None = None, *, facteur: bool = True) -> Utilisateur:
    """An account that holds a role since 2026; ``exploitant`` needs no organisme."""
    number = next(_numero)
    user = Utilisateur.objects.create(
        courriel=f"agent{number}@exemple.fr",
        password=_empreinte(),
        nom=f"Agent {number}",
        exploitant=role == "exploitant",
    )
    if role != "exploitant":
        Fonction.objects.create(
            utilisateur=user,
            organisme=organisme or creer_organisme(GENRES[role]),
            role=role,
            du=dt.date(2026, 1, 1),
        )
    if facteur:
        TOTP.activate(user, SECRET_TOTP)
    return user


def client_de(user: Utilisateur, **kwargs: Any) -> Client:
    """A client logged in as this account, its second factor in place."""
    client = Client(**kwargs)
    client.force_login(user)
    return client


def code_totp(secret: str = SECRET_TOTP) -> str:
    """The code that an authenticator shows now."""
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))
