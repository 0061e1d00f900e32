"""What the commission decided for one candidate; a trigger of the database keeps it once voted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from palier.engines.commission.model.decision import LETTRES
from palier.web.apps.attributions.models.candidature import Candidature
from palier.web.apps.attributions.models.communs import LONGUEUR_ETAT, Ligne, etat_connu
from palier.web.apps.attributions.models.seance import PointSeance


class Decision(Ligne):
    """One of the five decisions; a correction is another one that cites it."""

    candidature = models.ForeignKey(Candidature, on_delete=models.PROTECT, related_name="decisions")
    point = models.ForeignKey(PointSeance, on_delete=models.PROTECT, related_name="decisions")
    code = models.CharField(max_length=24)
    rang = models.PositiveSmallIntegerField(null=True)
    condition_piece = models.CharField(max_length=30, blank=True)
    condition_limite = models.DateField(null=True)
    motifs: models.JSONField[Any, Any] = models.JSONField(default=dict)
    texte = models.TextField(blank=True)
    corrige = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrigee_par")
    etat = models.CharField(max_length=LONGUEUR_ETAT)
    notifiee_le = models.DateField(null=True)
    remise = models.CharField(max_length=60, blank=True)
    recours_limite = models.DateField(null=True)
    recours_ouvert_le = models.DateField(null=True)  # first day without appeal
    recours_clos_le = models.DateField(null=True)

    class Meta:
        """One decision per candidate and item; ranks are unique, papers have their day."""

        constraints: ClassVar = [
            etat_connu("decision", "attributions_decision_etat"),
            models.CheckConstraint(condition=Q(code__in=tuple(LETTRES)), name="attributions_cinq_decisions"),
            models.UniqueConstraint(fields=["point", "candidature"], name="attributions_une_decision"),
            models.UniqueConstraint(
                fields=["point", "rang"],
                condition=Q(rang__isnull=False) & ~Q(etat="proposee"),
                name="attributions_rang_unique",
            ),
            models.CheckConstraint(
                condition=Q(etat="proposee")
                | Q(code="attribution_condition", condition_limite__isnull=False) & ~Q(condition_piece="")
                | ~Q(code="attribution_condition") & Q(condition_piece="", condition_limite__isnull=True),
                name="attributions_condition_datee",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=("proposee", "votee")) | Q(notifiee_le__isnull=False),
                name="attributions_notification_datee",
            ),
        ]
