"""Open, invite, close accounts; each act leaves a line of journal, none a personal value."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from palier.base.errors import Problem, RefusalError, UsageError
from palier.web.apps.comptes.models import Utilisateur
from palier.web.apps.journal.operations import inscrire

TACHE_COURRIEL = "comptes.envoyer"


@transaction.atomic
def creer_compte(
    *, acteur: Any, courriel: str, nom: str = "", exploitant: bool = False, organisme: object = ""
) -> Utilisateur:
    """Open an account without password; the person sets it from an invitation.

    Parameters
    ----------
    acteur : Utilisateur, str
        Who opens it.
    courriel, nom : str
        Address of the person, name shown to colleagues.
    exploitant : bool
        Whether the account opens the operator's pages.
    organisme : object
        Organisme in whose name it is opened, for the journal.

    Raises
    ------
    UsageError
        CPT-001 address malformed, CPT-002 already an account.
    """
    courriel = courriel.strip()
    try:
        validate_email(courriel)
    except ValidationError as error:
        raise UsageError(
            Problem("CPT-001", "courriel", "Ce n'est pas une adresse.", "Écrivez nom@domaine.fr.")
        ) from error
    try:
        with transaction.atomic():
            found = Utilisateur.objects.create_user(courriel, nom=nom.strip()[:80], exploitant=exploitant)
    except IntegrityError as error:
        raise UsageError(
            Problem(
                "CPT-002",
                "courriel",
                "Un compte existe déjà pour cette adresse.",
                "Donnez une fonction à ce compte.",
            )
        ) from error
    inscrire(
        acteur=acteur,
        verbe="compte.creer",
        objet_type="utilisateur",
        objet_id=found.pk,
        organisme=organisme,
        champs=["exploitant"] if exploitant else [],
    )
    return found


@transaction.atomic
def inviter(*, acteur: Any, utilisateur: Utilisateur, organisme: object = "") -> None:
    """Send the link from which a person sets her password; it serves once, for 72 hours.

    Raises
    ------
    RefusalError
        CPT-003: the account is closed.
    """
    if not utilisateur.is_active:
        raise RefusalError(
            Problem("CPT-003", "compte", "Ce compte est fermé.", "Rouvrez-le avant d'inviter la personne.")
        )
    write_to(utilisateur.pk, "invitation")
    inscrire(
        acteur=acteur,
        verbe="compte.inviter",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme,
    )


@transaction.atomic
def accepter_invitation(*, utilisateur: Utilisateur, motdepasse: str) -> None:
    """Set the password that a person chose from her invitation; the link dies with it."""
    utilisateur.set_password(motdepasse)
    utilisateur.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=utilisateur,
        email=utilisateur.courriel.lower(),
        defaults={"verified": True, "primary": True},
    )
    inscrire(acteur=utilisateur, verbe="compte.ouvrir", objet_type="utilisateur", objet_id=utilisateur.pk)


@transaction.atomic
def fermer_compte(*, acteur: Any, utilisateur: Utilisateur, organisme: object = "") -> None:
    """Close an account: its sessions end at their next request, its password and its factors are erased.

    Raises
    ------
    RefusalError
        CPT-004: the last operator cannot be closed.
    """
    held = Utilisateur.objects.select_for_update().filter(exploitant=True, is_active=True)
    if utilisateur.exploitant and not [u for u in held if u.pk != utilisateur.pk]:
        raise RefusalError(
            Problem(
                "CPT-004",
                "compte",
                "C'est le dernier compte d'exploitant ouvert.",
                "Ouvrez-en un autre avant de fermer celui-ci.",
            )
        )
    utilisateur.is_active = False
    utilisateur.set_unusable_password()
    utilisateur.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=utilisateur).delete()
    inscrire(
        acteur=acteur,
        verbe="compte.fermer",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme,
    )


@transaction.atomic
def rouvrir_compte(*, acteur: Any, utilisateur: Utilisateur, organisme: object = "") -> None:
    """Open a closed account again; the person needs a new invitation."""
    utilisateur.is_active = True
    utilisateur.save(update_fields=["is_active"])
    inscrire(
        acteur=acteur,
        verbe="compte.rouvrir",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
        organisme=organisme,
    )


@transaction.atomic
def retirer_facteurs(*, acteur: Any, utilisateur: Utilisateur) -> None:
    """Erase the second factor of a person who lost it; she makes another at her next login."""
    Authenticator.objects.filter(user=utilisateur).delete()
    write_to(utilisateur.pk, "facteur_retire")
    inscrire(
        acteur=acteur,
        verbe="compte.retirer_facteurs",
        objet_type="utilisateur",
        objet_id=utilisateur.pk,
    )


@transaction.atomic
def noter_echec_courriel(*, courriel: str, maintenant: dt.datetime) -> bool:
    """Mark an account whose address refuses mail for good; tell whether there was one."""
    found = Utilisateur.objects.filter(courriel__iexact=courriel).first()
    if found is None:
        return False
    found.courriel_en_echec_le = maintenant
    found.save(update_fields=["courriel_en_echec_le"])
    inscrire(
        acteur="systeme",
        verbe="compte.courriel_en_echec",
        objet_type="utilisateur",
        objet_id=found.pk,
        origine="commande",
    )
    return True


def write_to(utilisateur: object, lettre: str) -> None:
    """Ask the worker to write to an account; the same work whether the account exists or not."""
    app.configure_task(TACHE_COURRIEL, queue="courriel").defer(utilisateur=str(utilisateur), lettre=lettre)
