"""What the public site keeps: alerts, published figures, grids; no account, nothing about a request."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from palier.web.identifiants import uuid7


class EtatAlerte(models.TextChoices):
    """States of an alert."""

    A_CONFIRMER = "a_confirmer"
    ACTIVE = "active"
    SUSPENDUE = "suspendue"  # the address bounces


class Alerte(models.Model):
    """An address, filters, a rhythm: nothing else is known of the person.

    ``filtres`` is the query string of the list, normalised. The address is used for nothing else and is
    erased with the alert (plateforme.md 1.6).
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    courriel = models.EmailField(max_length=190)
    filtres = models.CharField(max_length=1_000)
    langue = models.CharField(max_length=2)
    etat = models.CharField(max_length=12, choices=EtatAlerte.choices, default=EtatAlerte.A_CONFIRMER)
    creee_le = models.DateTimeField()
    confirmee_le = models.DateTimeField(null=True)
    renouvelee_le = models.DateTimeField(null=True)  # last time that the person asked to go on
    relancee_le = models.DateTimeField(null=True)
    vue_jusqu_a = models.DateTimeField()  # offers published after this instant are news
    # Offers that the list showed already when the watch began, of those that came on line shortly before:
    # the first digest looks back over that while for those that were being written. Null: it does not.
    deja_vues: models.JSONField[Any, Any] = models.JSONField(null=True)
    retours = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """Read by state and age."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["courriel", "filtres"], name="public_alerte_unique"),
            models.CheckConstraint(condition=Q(etat__in=EtatAlerte.values), name="public_alerte_etat_connu"),
        ]
        indexes: ClassVar = [models.Index(fields=["etat", "vue_jusqu_a"], name="public_alerte_a_servir")]

    def __str__(self) -> str:
        return str(self.pk)


class Envoi(models.Model):
    """One digest of one alert on one day: written before it is sent, so that none is sent twice."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    alerte = models.ForeignKey(Alerte, on_delete=models.CASCADE, related_name="envois")
    jour = models.DateField()
    offres: models.JSONField[Any, Any] = models.JSONField()
    prepare_le = models.DateTimeField()
    accepte_le = models.DateTimeField(null=True)  # the mail server has acknowledged
    essais = models.PositiveSmallIntegerField(default=0)

    class Meta:
        """At most one digest a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alerte", "jour"], name="public_envoi_un_par_jour")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StatistiqueFile(models.Model):
    """Published figures about one queue: territory, sector, size, at a date; never under the threshold."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    territoire = models.CharField(max_length=9)
    secteur = models.CharField(max_length=40, blank=True)  # empty: the whole territory
    typologie = models.CharField(max_length=8, blank=True)  # empty: all sizes
    au = models.DateField()
    n = models.PositiveIntegerField()
    histogramme: models.JSONField[Any, Any] = models.JSONField()
    quantiles: models.JSONField[Any, Any] = models.JSONField()
    attente: models.JSONField[Any, Any] = models.JSONField(null=True)
    provenance: models.JSONField[Any, Any] = models.JSONField()
    publiee_le = models.DateTimeField()

    class Meta:
        """One figure per queue and date."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territoire", "secteur", "typologie", "au"], name="public_statistique_unique"
            ),
            models.CheckConstraint(condition=Q(n__gte=11), name="public_statistique_seuil"),
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.secteur} {self.typologie}".strip()


class GrillePubliee(models.Model):
    """A scoring grid that a territory publishes: its text, whole, under its hash."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    territoire = models.CharField(max_length=9)
    identifiant = models.CharField(max_length=60)
    du = models.DateField()
    texte = models.TextField()
    publiee_le = models.DateTimeField()

    class Meta:
        """One text per version of a grid."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["identifiant", "du"], name="public_grille_version")
        ]

    def __str__(self) -> str:
        return f"{self.identifiant}@{self.du}"
