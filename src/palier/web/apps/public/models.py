"""What the public site keeps: alerts, figures, grids, sessions; no account, nothing about a person."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from palier.web.apps.organismes.models import Organisme
from palier.web.identifiants import uuid7

_SHA256 = r"^[0-9a-f]{64}$"


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


class EtatSeance(models.TextChoices):
    """What the public is told of a session."""

    PREVUE = "prevue"
    ANNULEE = "annulee"
    TENUE = "tenue"
    SIGNEE = "signee"  # its minutes are signed: the extract is published


class SeancePubliee(models.Model):
    """A session of a commission as anybody may know it; written by a job, never with a person in it.

    ``extrait`` is what may be told of the signed minutes, ``empreinte`` and ``precedent`` the hashes of the
    minutes, ``empreinte_extrait`` that of the extract before and of this one.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(primary_key=True, editable=False)
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField()
    le = models.DateField()
    mode = models.CharField(max_length=10)
    etat = models.CharField(max_length=8, choices=EtatSeance.choices)
    logements = models.PositiveIntegerField()
    pv_numero = models.PositiveIntegerField(null=True)
    signe_le = models.DateField(null=True)
    empreinte = models.CharField(max_length=64, blank=True)
    precedent = models.CharField(max_length=64, blank=True)
    extrait: models.JSONField[Any, Any] = models.JSONField(null=True)
    empreinte_extrait = models.CharField(max_length=64, blank=True)
    publiee_le = models.DateTimeField()

    class Meta:
        """An extract stands with its hashes, once per number of minutes."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisme", "numero"], name="public_seance_numero"),
            models.UniqueConstraint(fields=["organisme", "pv_numero"], name="public_seance_pv"),
            models.CheckConstraint(condition=Q(etat__in=EtatSeance.values), name="public_seance_etat"),
            models.CheckConstraint(
                condition=~Q(etat="signee")
                | Q(pv_numero__isnull=False, signe_le__isnull=False, extrait__isnull=False)
                & Q(empreinte__regex=_SHA256, empreinte_extrait__regex=_SHA256),
                name="public_seance_extrait",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisme", "-le"], name="public_seance_par_jour")]

    def __str__(self) -> str:
        return f"{self.organisme_id} {self.numero}"


class BilanPublie(models.Model):
    """What is told of the allocations of a territory in a closed half-year; published once, never again.

    ``contenu`` holds groups that reach the threshold, and what is left of them.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    territoire = models.CharField(max_length=9)
    du = models.DateField()
    au = models.DateField()
    contenu: models.JSONField[Any, Any] = models.JSONField()
    provenance: models.JSONField[Any, Any] = models.JSONField()
    publiee_le = models.DateTimeField()

    class Meta:
        """One per period: two of one period could be subtracted."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["territoire", "du"], name="public_bilan_unique"),
            models.CheckConstraint(condition=Q(au__gt=models.F("du")), name="public_bilan_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.territoire} {self.du}"
