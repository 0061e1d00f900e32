"""Write organismes, functions and keys; each act leaves a line of journal."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.db import IntegrityError, transaction

from palier.base.errors import Problem, RefusalError, UsageError
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.operations import inscrire
from palier.web.apps.organismes.models import CleApi, Fonction, Genre, Organisme

_PREFIXE = "pal_"
PORTEES = ("offres:ecrire", "offres:lire")


def _luhn(siren: str) -> bool:
    """Tell whether nine digits satisfy the check of SIREN (Luhn)."""
    digits = [int(c) * (1 + i % 2) for i, c in enumerate(siren)]
    return sum(d // 10 + d % 10 for d in digits) % 10 == 0


@transaction.atomic
def creer_organisme(*, acteur: Any, siren: str, nom: str, genre: str, **champs: str) -> Organisme:
    """Open an organisme.

    Raises
    ------
    UsageError
        ORG-001 SIREN, ORG-002 already there, ORG-003 kind.
    """
    problems = []
    if not (siren.isascii() and siren.isdigit() and len(siren) == 9 and _luhn(siren)):
        problems.append(
            Problem("ORG-001", "SIREN", "Ce numéro n'est pas un SIREN.", "Vérifiez les neuf chiffres.")
        )
    elif Organisme.objects.filter(siren=siren).exists():
        problems.append(
            Problem("ORG-002", "SIREN", "Cet organisme est déjà ouvert.", "Modifiez celui qui existe.")
        )
    if genre not in Genre.values:
        problems.append(
            Problem(
                "ORG-003", "genre", "Ce genre n'existe pas.", f"Choisissez parmi : {', '.join(Genre.values)}."
            )
        )
    if not nom.strip():
        problems.append(Problem("ORG-004", "nom", "Le nom manque.", "Donnez le nom de l'organisme."))
    if problems:
        raise UsageError(problems)
    found = Organisme.objects.create(siren=siren, nom=nom.strip(), genre=genre, **champs)
    inscrire(
        acteur=acteur, verbe="organisme.creer", objet_type="organisme", objet_id=found.pk, organisme=found.pk
    )
    return found


@transaction.atomic
def donner_fonction(
    *,
    acteur: Any,
    utilisateur: Utilisateur,
    organisme: Organisme,
    role: str,
    du: dt.date,
    au: dt.date | None = None,
) -> Fonction:
    """Give an account a role in an organisme."""
    try:
        with transaction.atomic():
            found = Fonction.objects.create(
                utilisateur=utilisateur, organisme=organisme, role=role, du=du, au=au
            )
    except IntegrityError as error:
        raise RefusalError(
            Problem(
                "ORG-005",
                "fonction",
                "Cette fonction existe déjà ou n'est pas valable.",
                "Vérifiez rôle et dates.",
            )
        ) from error
    inscrire(
        acteur=acteur,
        verbe="fonction.donner",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme.pk,
        champs=[role],
    )
    return found


def hash_key(secret: str) -> str:
    """Return what is kept of a key: it is long and random, so a plain SHA-256 suffices."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def creer_cle(
    *, acteur: Any, organisme: Organisme, libelle: str, portees: list[str], expire_le: dt.date
) -> tuple[CleApi, str]:
    """Make a key for a program; its secret is returned once and never kept."""
    wrong = [name for name in portees if name not in PORTEES]
    if wrong or not portees:
        raise UsageError(
            Problem(
                "ORG-006",
                "portées",
                "Une portée est inconnue, ou aucune n'est donnée.",
                f"Choisissez parmi : {', '.join(PORTEES)}.",
            )
        )
    prefix = _PREFIXE + secrets.token_hex(4)
    secret = f"{prefix}_{secrets.token_urlsafe(32)}"
    key = CleApi.objects.create(
        organisme=organisme,
        libelle=libelle[:60],
        prefixe=prefix,
        empreinte=hash_key(secret),
        portees=portees,
        expire_le=expire_le,
    )
    inscrire(acteur=acteur, verbe="cle.creer", objet_type="cle_api", objet_id=key.pk, organisme=organisme.pk)
    return key, secret


@transaction.atomic
def revoquer_cle(*, acteur: Any, cle: CleApi, maintenant: dt.datetime) -> None:
    """Close a key at once."""
    cle.revoquee_le = maintenant
    cle.save(update_fields=["revoquee_le"])
    inscrire(
        acteur=acteur, verbe="cle.revoquer", objet_type="cle_api", objet_id=cle.pk, organisme=cle.organisme_id
    )
