"""Organisme, the functions that accounts hold in it, and its keys for programs."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from palier.web.identifiants import uuid7


class Genre(models.TextChoices):
    """Kinds of organisme."""

    BAILLEUR = "bailleur", _("Bailleur")
    RESERVATAIRE = "reservataire", _("Réservataire")
    EPCI = "epci", _("Intercommunalité")
    ETAT = "etat", _("État")
    AUDIT = "audit", _("Contrôle")


class Role(models.TextChoices):
    """Roles of the matrix that an account may hold in an organisme."""

    AGENT_BAILLEUR = "agent_bailleur", _("Agent du bailleur")
    ADMIN_BAILLEUR = "admin_bailleur", _("Administrateur du bailleur")
    RESERVATAIRE = "reservataire", _("Réservataire")
    RESERVATAIRE_CHEF = "reservataire_chef", _("Réservataire, responsable")
    EPCI = "epci", _("Intercommunalité")
    ETAT = "etat", _("État")
    AUDITEUR = "auditeur", _("Auditeur")


class Organisme(models.Model):
    """A legal person: landlord, réservataire, EPCI, State service."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    siren = models.CharField(max_length=9, unique=True)
    nom = models.CharField(max_length=120)
    genre = models.CharField(max_length=12, choices=Genre.choices)
    courriel = models.EmailField(max_length=190, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    adresse = models.CharField(max_length=200, blank=True)
    actif = models.BooleanField(default=True)

    class Meta:
        """Integrity in the database."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(siren__regex=r"^[0-9]{9}$"), name="organismes_siren_forme"
            ),
            models.CheckConstraint(condition=models.Q(genre__in=Genre.values), name="organismes_genre_connu"),
        ]

    def __str__(self) -> str:
        return self.nom


class Fonction(models.Model):
    """A role that an account holds in an organisme, for a time."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="fonctions"
    )
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="fonctions")
    role = models.CharField(max_length=20, choices=Role.choices)
    du = models.DateField()
    au = models.DateField(null=True, blank=True)

    class Meta:
        """One function of a kind per person and organisme."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["utilisateur", "organisme", "role"], name="organismes_fonction_unique"
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="organismes_role_connu"),
            models.CheckConstraint(
                condition=models.Q(au__isnull=True) | models.Q(au__gte=models.F("du")),
                name="organismes_fonction_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.role


class CleApi(models.Model):
    """A key of a landlord's program: only its hash is kept."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="cles")
    libelle = models.CharField(max_length=60)
    prefixe = models.CharField(max_length=12, unique=True)
    empreinte = models.CharField(max_length=64, unique=True)
    portees = models.JSONField(default=list)
    creee_le = models.DateTimeField(auto_now_add=True)
    expire_le = models.DateField()
    revoquee_le = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.prefixe


class Parametre(models.Model):
    """A value of a dated parameter of the site; the default stands in ``parametres.yaml``."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    cle = models.CharField(max_length=60)
    valeur = models.IntegerField()
    du = models.DateField()
    pose_le = models.DateTimeField(auto_now=True)

    class Meta:
        """One value a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cle", "du"], name="organismes_parametre_unique")
        ]

    def __str__(self) -> str:
        return f"{self.cle} {self.du}"
