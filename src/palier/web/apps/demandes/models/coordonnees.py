"""Where the person of a request is reached."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from palier.web.apps.demandes.models.demande import Demande


class Coordonnees(models.Model):
    """The address on file (class 2): codes, copies and letters go there, never to one given on a form."""

    demande = models.OneToOneField(
        Demande, primary_key=True, on_delete=models.CASCADE, related_name="coordonnees"
    )
    courriel = models.EmailField(max_length=190, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    adresse = ArrayField(models.CharField(max_length=60), default=list)  # lines, as on an envelope
    langue = models.CharField(max_length=5, blank=True)  # of letters, beside French
    modifiees_le = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.pk)
