"""What a request has several of: persons, resources, events, priority publics, papers, warnings."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from palier.web.apps.demandes.models.colonnes import champ
from palier.web.apps.demandes.models.demande import Demande, MotifRadiation
from palier.web.apps.organismes.models import Organisme
from palier.web.identifiants import uuid7


class Personne(models.Model):
    """A person of the household."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="personnes")
    personne_rang = models.SmallIntegerField()
    personne_naissance = champ("personne_naissance")
    personne_lien = champ("personne_lien")
    personne_garde = champ("personne_garde")
    personne_a_charge = champ("personne_a_charge")

    class Meta:
        """One row per rank."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demande", "personne_rang"], name="demandes_personne_unique")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Ressource(models.Model):
    """A monthly resource (class 3)."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="ressources")
    personne_rang = champ("personne_rang")
    ressource_code = champ("ressource_code")
    ressource_cent = champ("ressource_cent")

    def __str__(self) -> str:
        return str(self.pk)


class EvenementDemande(models.Model):
    """What happened to a request: an offer refused, an absence, a renewal."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="evenements")
    evenement_date = models.DateField()
    evenement_type = models.CharField(max_length=30)
    adaptee = champ("adaptee")

    class Meta:
        """Read by request, in order."""

        db_table = "demandes_evenement"
        ordering: ClassVar = ["evenement_date", "pk"]

    def __str__(self) -> str:
        return self.evenement_type


class PublicPrioritaire(models.Model):
    """A priority public: its code is of class 4, so closed; its state and who validated it are not."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="publics")
    chiffre: models.BinaryField[Any, Any] = models.BinaryField()
    public_etat = models.CharField(max_length=10)
    public_validateur = champ("public_validateur")
    public_date = champ("public_date")

    class Meta:
        """Closed, so no code to be unique by; the states are known."""

        db_table = "demandes_public"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(public_etat__in=("declare", "valide", "refuse")), name="demandes_public_etat"
            )
        ]

    def __str__(self) -> str:
        return self.public_etat


class Avertissement(models.Model):
    """A warning that the law wants before a removal, with the proof that it was delivered."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="avertissements")
    motif = models.CharField(max_length=20, choices=MotifRadiation.choices)
    recu_le = models.DateField()
    preuve = models.CharField(max_length=60)

    class Meta:
        """One warning per reason and day."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["demande", "motif", "recu_le"], name="demandes_avertissement_unique"
            )
        ]

    def __str__(self) -> str:
        return self.motif


class LecteurSensible(models.Model):
    """A person whom her organisme has named to read class 4, for a time."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    utilisateur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="+")
    du = models.DateField()
    au = models.DateField(null=True)

    class Meta:
        """One naming at a time."""

        db_table = "demandes_lecteur"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["utilisateur", "organisme"],
                condition=Q(au__isnull=True),
                name="demandes_lecteur_un_vivant",
            ),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="demandes_lecteur_dates"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
