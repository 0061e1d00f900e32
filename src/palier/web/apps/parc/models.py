"""The stock of homes, as the landlords and the national register know it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from palier.web.apps.organismes.models import Organisme
from palier.web.identifiants import uuid7


class Logement(models.Model):
    """One home: RPLS number, else landlord and reference (contracts, section 2)."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    identifiant = models.CharField(max_length=60, unique=True)
    organisme = models.ForeignKey(Organisme, null=True, on_delete=models.PROTECT, related_name="logements")
    commune_code = models.CharField(max_length=5)
    qpv_code = models.CharField(max_length=10, blank=True)
    secteur = models.CharField(max_length=40, blank=True)
    typologie = models.CharField(max_length=4)
    surface_m2 = models.PositiveSmallIntegerField(null=True)
    financement = models.CharField(max_length=12, blank=True)

    class Meta:
        """Counted by place and size."""

        indexes: ClassVar = [models.Index(fields=["commune_code", "typologie"], name="parc_par_lieu")]

    def __str__(self) -> str:
        return self.identifiant
