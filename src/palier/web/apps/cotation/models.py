"""Grids by the hash of their text, runs over a territory, and what a run gave to each request.

The run of a score is checked by the operation that writes both, not row by row at each commit: a territory
is written again every night.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from palier.web.apps.demandes.models import Demande
from palier.web.identifiants import uuid7


class Grille(models.Model):
    """A grid that a territory has adopted: its text, whole, under its hash."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    territoire = models.CharField(max_length=9)
    identifiant = models.CharField(max_length=60)
    du = models.DateField()
    texte = models.TextField()
    adoptee_le = models.DateTimeField()

    class Meta:
        """One text per version of a grid."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["identifiant", "du"], name="cotation_grille_version")
        ]

    def __str__(self) -> str:
        return f"{self.identifiant}@{self.du}"


class Calcul(models.Model):
    """A run over a territory on a day: what it was made of, and whether it is the one that holds.

    ``criteres`` names, in order, the points that each score holds.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    territoire = models.CharField(max_length=9)
    grille = models.ForeignKey(Grille, on_delete=models.PROTECT, related_name="calculs")
    au = models.DateField()
    criteres = ArrayField(models.CharField(max_length=80))
    provenance: models.JSONField[Any, Any] = models.JSONField()
    demandes = models.PositiveIntegerField()
    notees = models.PositiveIntegerField()
    courant = models.BooleanField(default=True)
    fait_le = models.DateTimeField()

    class Meta:
        """One run holds per territory."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territoire"], condition=Q(courant=True), name="cotation_un_calcul_courant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.territoire}@{self.au}"


class Score(models.Model):
    """What a run gave to a request; ``points`` follows ``criteres`` of the run."""

    calcul = models.ForeignKey(Calcul, on_delete=models.CASCADE, related_name="scores", db_constraint=False)
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="scores")
    systeme = models.CharField(max_length=40, null=True)
    classe = models.CharField(max_length=40, null=True)
    total = models.IntegerField(null=True)
    total_verifie = models.IntegerField(null=True)
    etat = models.CharField(max_length=16)
    motif_etat = models.CharField(max_length=40, null=True)
    manque = ArrayField(models.CharField(max_length=80))
    points = ArrayField(models.IntegerField(null=True))

    class Meta:
        """One score per run; a total where there is a score, and nowhere else."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demande", "calcul"], name="cotation_score_unique"),
            models.CheckConstraint(
                condition=Q(etat__in=("note", "note_partielle"), total__isnull=False)
                | Q(etat__in=("hors_champ", "refusee"), total__isnull=True),
                name="cotation_score_etat",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Place(models.Model):
    """The place of a request in a queue of a run: rank shared by ties, order after the tie-break."""

    calcul = models.ForeignKey(Calcul, on_delete=models.CASCADE, related_name="places", db_constraint=False)
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="places")
    systeme = models.CharField(max_length=40)
    typologie = models.CharField(max_length=8, blank=True)  # empty: no wish is known
    rang = models.PositiveIntegerField()
    ordre = models.PositiveIntegerField()

    class Meta:
        """Queues are read in their order."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["calcul", "systeme", "typologie", "ordre"], name="cotation_place_ordre"
            ),
            models.CheckConstraint(condition=Q(rang__gte=1, ordre__gte=1), name="cotation_place_positive"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
