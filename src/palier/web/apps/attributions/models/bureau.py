"""Work of the desk: visits by appointment, absences during which a colleague follows one's files."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.models.candidature import Candidature
from palier.web.apps.attributions.models.communs import Ligne
from palier.web.apps.organismes.models import Organisme


class EtatVisite(models.TextChoices):
    """States of an appointment."""

    PROPOSEE = "proposee", _("Proposée")
    ACCEPTEE = "acceptee", _("Acceptée")
    ANNULEE = "annulee", _("Annulée")


class Visite(Ligne):
    """A time proposed to a candidate to see the home; missing it is no refusal of the home."""

    candidature = models.ForeignKey(Candidature, on_delete=models.PROTECT, related_name="visites")
    debut = models.DateTimeField()
    duree_minutes = models.PositiveSmallIntegerField()
    rendez_vous = models.CharField(max_length=120)  # where to meet, never an access code
    etat = models.CharField(max_length=10, choices=EtatVisite.choices, default=EtatVisite.PROPOSEE)
    proposee_le = models.DateTimeField()
    repondue_le = models.DateTimeField(null=True)

    class Meta:
        """One appointment at a time for a candidate."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(etat__in=EtatVisite.values), name="attributions_visite_etat"),
            models.CheckConstraint(
                condition=Q(duree_minutes__range=(5, 240)), name="attributions_visite_duree"
            ),
            models.CheckConstraint(
                condition=Q(etat="proposee") | Q(repondue_le__isnull=False),
                name="attributions_visite_reponse",
            ),
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(etat__in=("proposee", "acceptee")),
                name="attributions_une_visite",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["debut"], name="attributions_visite_debut")]


class Absence(Ligne):
    """Days during which a colleague of the same organisme follows the files of an agent."""

    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    relais = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    du = models.DateField()
    au = models.DateField()
    finie_le = models.DateField(null=True)

    class Meta:
        """Somebody else, for known days."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="attributions_absence_dates"),
            models.CheckConstraint(condition=~Q(absent=F("relais")), name="attributions_absence_relais"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisme", "relais", "au"], name="attributions_absence_jours")
        ]
