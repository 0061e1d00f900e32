"""What a person decided of two requests: one household, two households, or one that parted."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.demandes.models.demande import Demande
from palier.web.identifiants import uuid7


class NatureRapprochement(models.TextChoices):
    """What was decided."""

    FUSION = "fusion", _("Réunies")
    DISTINCTES = "distinctes", _("Deux ménages distincts")
    SEPARATION = "separation", _("Séparées")


class Rapprochement(models.Model):
    """A decision on two requests, with what it moved, so that it can be undone.

    ``avant`` holds ids, dates and masks as they were, never a name nor an amount.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    nature = models.CharField(max_length=12, choices=NatureRapprochement.choices)
    gardee = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="rapprochements")
    autre = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="rapprochements_autre")
    raisons = ArrayField(models.CharField(max_length=20), default=list)
    par = models.CharField(max_length=80)
    le = models.DateTimeField()
    avant: models.JSONField[Any, Any] = models.JSONField(default=dict)
    defait_le = models.DateTimeField(null=True)

    class Meta:
        """One live decision per pair."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(nature__in=NatureRapprochement.values), name="demandes_rapprochement_nature"
            ),
            models.CheckConstraint(condition=~Q(gardee=F("autre")), name="demandes_rapprochement_deux"),
            models.UniqueConstraint(
                fields=["gardee", "autre"],
                condition=Q(defait_le__isnull=True),
                name="demandes_rapprochement_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.nature
