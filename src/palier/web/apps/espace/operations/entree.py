"""Enter the space: by a code sent to an address, or by an identity; the same answer for all."""

from __future__ import annotations

import datetime as dt
import json
import secrets  # noqa: TID251 - a code must never be drawn again
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from palier.web.apps.comptes.chiffrement import encrypt
from palier.web.apps.espace.models import Compte, Defi
from palier.web.apps.espace.rules import codes
from palier.web.apps.journal.operations import inscrire
from palier.web.postgres.perimetre import perimetre

TACHE_CODE = "espace.envoyer_code"
_ENTREE = "entree"


def key_of(courriel: str) -> str:
    """Return the digest of an address that enters."""
    return codes.digest(settings.SECRET_KEY, "courriel", codes.address_of(courriel))


def fingerprint(defi: uuid.UUID, code: str) -> str:
    """Return the digest of a code, of one challenge only."""
    return codes.digest(settings.SECRET_KEY, "code", str(defi), code)


def draw() -> str:
    """Return six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


@transaction.atomic
def demander_code(*, courriel: str, langue: str, maintenant: dt.datetime) -> Defi:
    """Send a code to an address, whoever it is; too many within a quarter of an hour send none.

    The work and the answer are the same whether an account exists: entering opens one.
    """
    key = key_of(courriel)
    sent = Defi.objects.filter(genre=_ENTREE, cle=key, fait_le__gt=maintenant - codes.DUREE).count()
    code = draw()
    made = Defi(genre=_ENTREE, cle=key, fait_le=maintenant, expire_le=maintenant + codes.DUREE)
    made.empreinte = fingerprint(made.pk, code)
    made.save()
    if sent < codes.ENVOIS:
        send(code, langue, "code_entree", courriel=codes.address_of(courriel))
    return made


def send(code: str, langue: str, lettre: str, *, courriel: str) -> None:
    """Ask the worker for the mail of a code, closed in the queue; nothing leaves for an empty address."""
    told = json.dumps({"code": code, "langue": langue, "lettre": lettre, "courriel": courriel})
    app.configure_task(TACHE_CODE, queue="courriel").defer(ferme=encrypt(told))


@transaction.atomic
def try_code(*, defi: uuid.UUID | None, genre: str, code: str, maintenant: dt.datetime) -> Defi | None:
    """Return the challenge that a code answers; None where it is wrong, old, served, or tried five times."""
    found = Defi.objects.select_for_update().filter(pk=defi, genre=genre).first() if defi else None
    if found is None or found.servi_le or found.expire_le <= maintenant or found.essais >= codes.ESSAIS:
        return None
    Defi.objects.filter(pk=found.pk).update(essais=F("essais") + 1)
    if not codes.same(found.empreinte, fingerprint(found.pk, code.strip()[:12])):
        return None
    found.servi_le = maintenant
    found.save(update_fields=["servi_le"])
    return found


def entrer_par_code(
    *, defi: uuid.UUID | None, courriel: str, code: str, langue: str, maintenant: dt.datetime
) -> Compte | None:
    """Open the account of an address whose code is right; None for any other."""
    found = try_code(defi=defi, genre=_ENTREE, code=code, maintenant=maintenant)
    if found is None or not codes.same(found.cle, key_of(courriel)):
        return None
    with perimetre(usager=found.cle):
        compte, _new = Compte.objects.get_or_create(
            cle_courriel=found.cle,
            defaults={"courriel": codes.address_of(courriel), "langue": langue, "cree_le": maintenant},
        )
        _entered(compte, "espace.entrer.code")
    return compte


def entrer_par_identite(
    *, emetteur: str, sub: str, identite: Mapping[str, Any], langue: str, maintenant: dt.datetime
) -> Compte:
    """Open the account of an identity; of what the provider says, the names and the birth are kept.

    Parameters
    ----------
    emetteur, sub : str
        Provider, and its identifier of the person.
    identite : mapping
        Claims: ``given_name``, ``family_name``, ``birthdate``, ``birthplace``.
    """
    key = codes.digest(settings.SECRET_KEY, "identite", emetteur, sub)
    kept = {
        "prenom": str(identite.get("given_name") or "")[:120],
        "nom": str(identite.get("family_name") or "")[:120],
        "naissance": _day(identite.get("birthdate")),
        "naissance_lieu": str(identite.get("birthplace") or "")[:80],
    }
    with perimetre(usager=key):
        compte, _new = Compte.objects.update_or_create(
            cle_externe=key, defaults=kept, create_defaults=kept | {"langue": langue, "cree_le": maintenant}
        )
        _entered(compte, "espace.entrer.identite")
    return compte


def _day(texte: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(texte))
    except ValueError:
        return None


def _entered(compte: Compte, verbe: str) -> None:
    inscrire(acteur=compte, verbe=verbe, objet_type="compte_usager", objet_id=compte.pk)
