"""Papers of a request: what each proves, its state, and its closed files."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.demandes.models.demande import Demande
from palier.web.identifiants import uuid7


class EtatPiece(models.TextChoices):
    """States of a paper."""

    ATTENDUE = "attendue", _("Attendue")
    RECUE = "recue", _("Reçue")
    VERIFIEE = "verifiee", _("Vérifiée")
    REFUSEE = "refusee", _("Refusée")


class NiveauPreuve(models.TextChoices):
    """Who can say that a fact is proven; the grids ask for one of them."""

    PIECE = "piece", _("Sur pièce")
    SOCIAL = "social", _("Par un travailleur social")
    ETAT = "etat", _("Par l'État")


class MotifRefus(models.TextChoices):
    """Why a paper proves nothing; the person reads it."""

    ILLISIBLE = "illisible", _("Le document ne se lit pas")
    INCOMPLETE = "incomplete", _("Il manque une page")
    PERIMEE = "perimee", _("Le document n'est plus valable")
    AUTRE_PERSONNE = "autre_personne", _("Le document est celui d'une autre personne")
    AUTRE_DOCUMENT = "autre_document", _("Ce n'est pas le document attendu")
    CONTREDIT = "contredit", _("Le document dit autre chose que la demande")


class Piece(models.Model):
    """A paper that proves a fact of the request; its files stand apart, closed (:class:`FichierPiece`)."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="pieces")
    fait = models.CharField(max_length=30)
    etat = models.CharField(max_length=10, choices=EtatPiece.choices, default=EtatPiece.ATTENDUE)
    niveau = models.CharField(max_length=8, choices=NiveauPreuve.choices, default=NiveauPreuve.PIECE)
    recue_le = models.DateField(null=True)
    jugee_le = models.DateField(null=True)
    motif_refus = models.CharField(max_length=20, choices=MotifRefus.choices, null=True)

    class Meta:
        """One paper per fact and level; a judged paper was received."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["demande", "fait", "niveau"], name="demandes_piece_unique"),
            models.CheckConstraint(condition=Q(etat__in=EtatPiece.values), name="demandes_piece_etat"),
            models.CheckConstraint(condition=Q(niveau__in=NiveauPreuve.values), name="demandes_piece_niveau"),
            models.CheckConstraint(
                condition=Q(etat="attendue") | Q(recue_le__isnull=False), name="demandes_piece_recue"
            ),
            models.CheckConstraint(
                condition=Q(motif_refus__isnull=True) | Q(etat="refusee", motif_refus__in=MotifRefus.values),
                name="demandes_piece_motif",
            ),
        ]

    def __str__(self) -> str:
        return self.fait


class FichierPiece(models.Model):
    """A file of a paper: closed with a key outside the database, under a name that nobody can guess.

    ``sensible`` says that the fact alone is of class 4: only named readers see the row. ``empreinte`` tells
    that the same file came twice, by a key. ``par`` is the pseudonymous id of who gave it.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="fichiers")
    sensible = models.BooleanField()
    genre = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("jpeg", "JPEG")])
    octets = models.IntegerField()
    chemin = models.CharField(max_length=60, unique=True)
    empreinte = models.CharField(max_length=64)
    depose_le = models.DateTimeField()
    par = models.CharField(max_length=80)

    class Meta:
        """The same file once a paper."""

        db_table = "demandes_fichier"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["piece", "empreinte"], name="demandes_fichier_unique"),
            models.CheckConstraint(condition=Q(genre__in=("pdf", "jpeg")), name="demandes_fichier_genre"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
