"""Offers, lots of offers, pictures: thin models, integrity in the database.

An offer holds all that the landlord gave (``saisie``, fields of the table ``offres``), and beside it the
few columns by which it is searched, sorted and kept fresh. Only :mod:`operations` writes them all, from one
:class:`~palier.web.apps.offres.rules.OffreSaisie`.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.organismes.models import Organisme
from palier.web.identifiants import uuid7


class Statut(models.TextChoices):
    """States of an offer (plateforme.md 1.4)."""

    BROUILLON = "brouillon", _("Brouillon")
    CONTROLEE = "controlee", _("Contrôlée")
    PUBLIEE = "publiee", _("En ligne")
    A_CONFIRMER = "a_confirmer", _("À confirmer")
    RETIREE = "retiree", _("Retirée")


class MotifRetrait(models.TextChoices):
    """Why an offer left."""

    POURVUE = "pourvue", _("Logement attribué")
    EXPIREE = "expiree", _("Non confirmée à temps")
    ANNULEE = "annulee", _("Retirée par le bailleur")
    DOUBLON = "doublon", _("Doublon d'une autre offre")
    NON_CONFORME = "non_conforme", _("Annonce non conforme")


EN_LIGNE = (Statut.PUBLIEE.value, Statut.A_CONFIRMER.value)
_LIVE = Q(statut__in=EN_LIGNE, doublon_de__isnull=True)


class Offre(models.Model):
    """One public offer, by landlord and reference."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="offres")
    reference = models.CharField(max_length=40)
    saisie: models.JSONField[Any, Any] = models.JSONField()
    carte: models.JSONField[Any, Any] = models.JSONField()  # what lists show, ready to be sent
    version = models.PositiveIntegerField(default=1)

    # state and freshness
    statut = models.CharField(max_length=12, choices=Statut.choices, default=Statut.BROUILLON)
    motif_retrait = models.CharField(max_length=12, choices=MotifRetrait.choices, blank=True, default="")
    publiee_le = models.DateTimeField(null=True)
    confirmee_le = models.DateTimeField(null=True)
    rappelee_le = models.DateTimeField(null=True)
    retiree_le = models.DateTimeField(null=True)
    modifiee_le = models.DateTimeField(auto_now=True)
    source = models.CharField(max_length=10, default="page")
    doublon_de = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="doublons")

    # searched and sorted; drawn from ``saisie`` at each write
    nature = models.CharField(max_length=20)
    titre = models.CharField(max_length=120, blank=True)
    commune_code = models.CharField(max_length=5)
    departement = models.CharField(max_length=3)
    epci = models.CharField(max_length=9, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    pieces = models.PositiveSmallIntegerField(null=True)
    surface_m2 = models.PositiveIntegerField(null=True)
    loyer_cc_cent = models.PositiveIntegerField(null=True)
    prix_cent = models.PositiveBigIntegerField(null=True)
    dpe = models.CharField(max_length=1, blank=True)
    financement = models.CharField(max_length=20, blank=True)
    plain_pied = models.BooleanField(default=False)
    accessibilite = ArrayField(models.CharField(max_length=40), default=list)
    public_reserve = models.CharField(max_length=20, blank=True)
    disponible_le = models.DateField(null=True)
    cle_doublon = models.CharField(max_length=120, blank=True)

    class Meta:
        """Integrity, and the indexes that each search needs."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisme", "reference"], name="offres_reference_unique"),
            models.CheckConstraint(condition=Q(statut__in=Statut.values), name="offres_statut_connu"),
            models.CheckConstraint(
                condition=Q(
                    statut=Statut.RETIREE, motif_retrait__in=MotifRetrait.values, retiree_le__isnull=False
                )
                | (~Q(statut=Statut.RETIREE) & Q(motif_retrait="", retiree_le__isnull=True)),
                name="offres_retrait_motive",
            ),
            models.CheckConstraint(
                condition=~Q(statut__in=EN_LIGNE) | Q(publiee_le__isnull=False, confirmee_le__isnull=False),
                name="offres_en_ligne_datee",
            ),
            models.CheckConstraint(condition=~Q(doublon_de=F("id")), name="offres_doublon_autre"),
            models.CheckConstraint(
                condition=Q(longitude__isnull=True, latitude__isnull=True)
                | Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="offres_point_complet",
            ),
        ]
        indexes: ClassVar = [
            models.Index("publiee_le", "id", condition=_LIVE, name="offres_recentes"),
            models.Index(  # holds all that orders and counts the usual list: its rows are not read
                fields=["departement", "pieces", "loyer_cc_cent"],
                include=["nature", "publiee_le", "id"],
                condition=_LIVE,
                name="offres_liste_usuelle",
            ),
            models.Index("commune_code", "pieces", condition=_LIVE, name="offres_commune"),
            models.Index("epci", "pieces", condition=_LIVE, name="offres_epci"),
            models.Index("nature", "publiee_le", "id", condition=_LIVE, name="offres_nature_recentes"),
            models.Index("loyer_cc_cent", "id", condition=_LIVE, name="offres_loyer"),
            models.Index("surface_m2", "id", condition=_LIVE, name="offres_surface"),
            models.Index("confirmee_le", condition=Q(statut__in=EN_LIGNE), name="offres_confirmation"),
            models.Index("cle_doublon", condition=Q(statut__in=EN_LIGNE), name="offres_cle_doublon"),
            GinIndex("accessibilite", condition=_LIVE, name="offres_accessibilite"),
        ]

    def __str__(self) -> str:
        return self.reference


class EtatLot(models.TextChoices):
    """States of a lot."""

    RECU = "recu", _("Reçu, en attente de contrôle")
    CONTROLE = "controle", _("Contrôlé, rien n'est encore écrit")
    RETENU = "retenu", _("Retenu : une personne doit confirmer")
    APPLIQUE = "applique", _("Appliqué")
    REFUSE = "refuse", _("Refusé, rien n'est écrit")
    ABANDONNE = "abandonne", _("Abandonné")


class Lot(models.Model):
    """A file of offers that a landlord sends, and the report on it."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="lots")
    source = models.CharField(max_length=10)  # api, page, dossier
    nom = models.CharField(max_length=120)
    fichier = models.CharField(max_length=200)  # name in the storage, outside the web root
    sha256 = models.CharField(max_length=64)
    complet = models.BooleanField(default=False)
    bonnes_lignes = models.BooleanField(default=False)
    essai = models.BooleanField(default=False)
    fichier_du = models.DateTimeField(null=True)
    etat = models.CharField(max_length=10, choices=EtatLot.choices, default=EtatLot.RECU)
    rapport: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cle_idempotence = models.CharField(max_length=80, blank=True)
    par = models.CharField(max_length=80)
    recu_le = models.DateTimeField()
    controle_le = models.DateTimeField(null=True)
    applique_le = models.DateTimeField(null=True)

    class Meta:
        """One lot per key of the sender."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(etat__in=EtatLot.values), name="offres_lot_etat_connu"),
            models.UniqueConstraint(
                fields=["organisme", "cle_idempotence"],
                condition=~Q(cle_idempotence=""),
                name="offres_lot_cle_unique",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisme", "-recu_le"], name="offres_lot_recents")]

    def __str__(self) -> str:
        return self.nom


class Photo(models.Model):
    """A picture of an offer, re-encoded: nothing hidden in it."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    offre = models.ForeignKey(Offre, on_delete=models.CASCADE, related_name="photos")
    ordre = models.PositiveSmallIntegerField()
    fichier = models.CharField(max_length=200)  # in the storage, less width and suffix
    empreinte = models.CharField(max_length=64)  # SHA-256 of what was sent
    texte = models.CharField(max_length=160)
    largeur = models.PositiveIntegerField()
    hauteur = models.PositiveIntegerField()

    class Meta:
        """Ordered within an offer."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offre", "ordre"], name="offres_photo_ordre", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["offre", "empreinte"], name="offres_photo_empreinte"),
            models.CheckConstraint(condition=~Q(texte=""), name="offres_photo_decrite"),
        ]

    def __str__(self) -> str:
        return self.texte
