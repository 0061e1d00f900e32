"""Accounts of applicants and advisers, apart from those of the staff: no function, no password."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.demandes.models import Demande
from palier.web.identifiants import uuid7


class Compte(models.Model):
    """Who enters by an address or by an identity; read through one of its keys only.

    ``cle_courriel`` and ``cle_externe`` are digests of what it enters with. Of an identity, nothing is kept
    but the names, and the day and place of birth that tie a request.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    cle_courriel = models.CharField(max_length=64, null=True, unique=True)
    cle_externe = models.CharField(max_length=64, null=True, unique=True)
    courriel = models.EmailField(max_length=190, blank=True)
    nom = models.CharField(max_length=120, blank=True)
    prenom = models.CharField(max_length=120, blank=True)
    naissance = models.DateField(null=True)
    naissance_lieu = models.CharField(max_length=80, blank=True)
    langue = models.CharField(max_length=5, default="fr")
    cree_le = models.DateTimeField()

    class Meta:
        """An account has a way in."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cle_courriel__isnull=False) | Q(cle_externe__isnull=False),
                name="espace_compte_une_cle",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Rattachement(models.Model):
    """The request that an account holds: two identifiers, no person."""

    compte_id = models.UUIDField(unique=True)
    demande_id = models.UUIDField()
    du = models.DateTimeField()

    class Meta:
        """Read by account, and by request."""

        indexes: ClassVar = [models.Index(fields=["demande_id"], name="espace_lien_par_demande")]

    def __str__(self) -> str:
        return str(self.pk)


class Defi(models.Model):
    """A code that was sent, or would have been: digests only.

    ``cle`` is who asks, ``cible`` what is claimed; ``objet_id`` is empty where the claim was false, so that
    its answer is the same as for a true one, and never opens anything.
    """

    GENRES: ClassVar = ("entree", "lien")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    genre = models.CharField(max_length=8)
    cle = models.CharField(max_length=64)
    cible = models.CharField(max_length=64, blank=True)
    objet_id = models.UUIDField(null=True)
    empreinte = models.CharField(max_length=64)
    essais = models.PositiveSmallIntegerField(default=0)
    fait_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    servi_le = models.DateTimeField(null=True)

    class Meta:
        """Counted by who asks and by what is claimed."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(genre__in=("entree", "lien")), name="espace_defi_genre"),
            models.CheckConstraint(condition=Q(essais__lte=5), name="espace_defi_cinq_essais"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["genre", "cle", "fait_le"], name="espace_defi_par_cle"),
            models.Index(fields=["genre", "cible", "fait_le"], name="espace_defi_par_cible"),
        ]

    def __str__(self) -> str:
        return self.genre


class Portee(models.TextChoices):
    """What an adviser may do."""

    LIRE = "lire", _("Lire la demande et les candidatures")
    DEPOSER = "deposer", _("Déposer des pièces")
    REPONDRE = "repondre", _("Répondre aux propositions de logement")


class Mandat(models.Model):
    """What an adviser may do for the person of a request, until a day; seen where the request is.

    ``cle_courriel`` is the digest of the address that the person named: who enters with it holds the mandate.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="mandats")
    nom = models.CharField(max_length=80)
    cle_courriel = models.CharField(max_length=64)
    portees = ArrayField(models.CharField(max_length=10))
    du = models.DateField()
    au = models.DateField()
    revoque_le = models.DateTimeField(null=True)

    class Meta:
        """One live mandate per adviser and request; a known scope; an end."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["demande", "cle_courriel"],
                condition=Q(revoque_le__isnull=True),
                name="espace_mandat_un_vivant",
            ),
            models.CheckConstraint(
                condition=Q(portees__len__gt=0, portees__contained_by=Portee.values),
                name="espace_mandat_portees",
            ),
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="espace_mandat_dates"),
        ]
        indexes: ClassVar = [models.Index(fields=["cle_courriel"], name="espace_mandat_par_cle")]

    def __str__(self) -> str:
        return str(self.pk)


class Ecrit(models.Model):
    """What a person wrote on her request: a correction, an objection, a waiver; and what was answered.

    Never changed: one answer, once.
    """

    GENRES: ClassVar = ("correction", "rectification", "opposition", "renoncement", "contestation")

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="ecrits")
    genre = models.CharField(max_length=16)
    champs = ArrayField(models.CharField(max_length=40), default=list)
    texte = models.TextField(blank=True)
    par = models.CharField(max_length=80)  # pseudonymous id of the account
    role = models.CharField(max_length=14)
    ecrit_le = models.DateTimeField()
    repondu_le = models.DateTimeField(null=True)
    reponse = models.TextField(blank=True)

    class Meta:
        """Known kinds, read by request."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    genre__in=("correction", "rectification", "opposition", "renoncement", "contestation")
                ),
                name="espace_ecrit_genre",
            )
        ]
        ordering: ClassVar = ["-ecrit_le"]

    def __str__(self) -> str:
        return self.genre
