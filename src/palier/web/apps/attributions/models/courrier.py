"""A letter: what it says, who prints it, when it left and when it was received, with the proof."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.models.candidature import Candidature, Proposition
from palier.web.apps.attributions.models.communs import Ligne
from palier.web.apps.attributions.models.decision import Decision
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.models import Organisme


class GenreCourrier(models.TextChoices):
    """Kinds of letters."""

    ATTRIBUTION = "attribution", _("Attribution")
    ATTRIBUTION_RANG = "attribution_rang", _("Attribution avec un rang")
    ATTRIBUTION_CONDITION = "attribution_condition", _("Attribution si une pièce arrive")
    NON_ATTRIBUTION = "non_attribution", _("Non-attribution")
    IRRECEVABILITE = "irrecevabilite", _("Irrecevabilité, avertissement")
    PROPOSITION = "proposition", _("Proposition d'un logement")
    PROPOSITION_SUIVANTE = "proposition_suivante", _("Proposition au rang suivant")
    PROPOSITION_PASSEE = "proposition_passee", _("Fin d'une proposition")
    REPORT = "report", _("Logement non examiné")
    AVERTISSEMENT = "avertissement", _("Avertissement avant radiation")
    RADIATION = "radiation", _("Radiation")
    ATTESTATION = "attestation", _("Attestation d'enregistrement")
    RENOUVELLEMENT = "renouvellement", _("Avis de renouvellement")


class EtatCourrier(models.TextChoices):
    """States of a letter."""

    A_IMPRIMER = "a_imprimer", _("À imprimer")
    IMPRIMEE = "imprimee", _("Imprimée")
    ENVOYEE = "envoyee", _("Envoyée")
    RECUE = "recue", _("Reçue")
    REVENUE = "revenue", _("Revenue")


class Courrier(Ligne):
    """One letter. Its content is kept as it was prepared, and never changes; a new one is another row.

    ``cle`` names the act that causes it: one letter per act, and per ``essai`` where one came back.
    ``code`` is what the person says on the phone; ``pour_le`` the day by which it must have left.
    """

    organisme = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="courriers")
    territoire = models.CharField(max_length=9)
    genre = models.CharField(max_length=24, choices=GenreCourrier.choices)
    candidature = models.ForeignKey(Candidature, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="courriers")
    proposition = models.ForeignKey(
        Proposition, null=True, on_delete=models.PROTECT, related_name="courriers"
    )
    cle = models.CharField(max_length=90)
    essai = models.PositiveSmallIntegerField(default=1)
    langue = models.CharField(max_length=5, blank=True)
    contenu: models.JSONField[Any, Any] = models.JSONField()
    sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=8, unique=True)
    courriel = models.BooleanField(default=False)  # leaves by mail, not on paper
    etat = models.CharField(max_length=12, choices=EtatCourrier.choices, default=EtatCourrier.A_IMPRIMER)
    pour_le = models.DateField()
    prepare_le = models.DateTimeField()
    imprime_le = models.DateTimeField(null=True)
    envoye_le = models.DateField(null=True)
    recu_le = models.DateField(null=True)
    revenu_le = models.DateField(null=True)
    preuve = models.CharField(max_length=60, blank=True)

    @property
    def bailleur_id(self) -> uuid.UUID:
        """In whose name an act on this letter is done."""
        return self.organisme_id

    class Meta:
        """One letter per act; a received one has its day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cle", "essai"], name="attributions_un_courrier_par_acte"),
            models.CheckConstraint(
                condition=Q(genre__in=GenreCourrier.values), name="attributions_courrier_genre"
            ),
            models.CheckConstraint(
                condition=Q(etat__in=EtatCourrier.values), name="attributions_courrier_etat"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attributions_courrier_empreinte"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=("envoyee", "recue", "revenue")) | Q(envoye_le__isnull=False),
                name="attributions_courrier_parti",
            ),
            models.CheckConstraint(
                condition=~Q(etat="recue") | Q(recu_le__isnull=False), name="attributions_courrier_recu"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisme", "etat", "pour_le"], name="attributions_courrier_file"),
        ]
