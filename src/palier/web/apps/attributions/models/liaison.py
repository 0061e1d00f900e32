"""Links with the programs of a landlord: what they asked to be told, what was told, calls made twice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from palier.web.apps.attributions.models.communs import Ligne
from palier.web.apps.organismes.models import CleApi, Organisme


class Abonnement(Ligne):
    """An address that is told, by a signed call, what happens to the allocations of a landlord.

    ``secret`` is encrypted with a key that the database does not hold.
    """

    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="abonnements")
    url = models.CharField(max_length=300)
    evenements = ArrayField(models.CharField(max_length=40))
    secret = models.TextField()
    cree_le = models.DateTimeField()
    arrete_le = models.DateTimeField(null=True)

    class Meta:
        """One live subscription per address."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisme", "url"],
                condition=Q(arrete_le__isnull=True),
                name="attributions_abonnement_unique",
            ),
            models.CheckConstraint(
                condition=Q(evenements__len__gt=0), name="attributions_abonnement_evenements"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="attributions_abonnement_https"
            ),
        ]


class Livraison(Ligne):
    """One call to an address: identifiers only, and how its last try ended."""

    ETATS: ClassVar = ("en_attente", "livree", "abandonnee")

    abonnement = models.ForeignKey(Abonnement, on_delete=models.CASCADE, related_name="livraisons")
    evenement = models.CharField(max_length=40)
    corps: models.JSONField[Any, Any] = models.JSONField()
    etat = models.CharField(max_length=12, default="en_attente")
    essais = models.PositiveSmallIntegerField(default=0)
    statut = models.PositiveSmallIntegerField(null=True)  # of the last answer
    cause = models.CharField(max_length=30, blank=True)  # code of the last failure
    creee_le = models.DateTimeField()
    tentee_le = models.DateTimeField(null=True)

    class Meta:
        """Known states."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(etat__in=("en_attente", "livree", "abandonnee")),
                name="attributions_livraison_etat",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["abonnement", "-creee_le"], name="attributions_livraisons")]


class AppelApi(Ligne):
    """A writing call with an ``Idempotency-Key``: sent twice, it is done once and answered alike."""

    cle = models.ForeignKey(CleApi, on_delete=models.CASCADE, related_name="+")
    organisme = models.ForeignKey(Organisme, on_delete=models.CASCADE, related_name="+")
    nom = models.CharField(max_length=80)
    empreinte = models.CharField(max_length=64)
    statut = models.PositiveSmallIntegerField()
    reponse: models.JSONField[Any, Any] = models.JSONField(null=True)
    le = models.DateTimeField()

    class Meta:
        """Once per key and name."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cle", "nom"], name="attributions_appel_unique")
        ]
