"""A request for a home: its candidacy, the offer made to it, its lease."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.engines.commission import load_machine
from palier.web.apps.attributions.models.communs import LONGUEUR_ETAT, Ligne, etat_connu
from palier.web.apps.attributions.models.vacance import Vacance
from palier.web.apps.demandes.models import Demande
from palier.web.apps.organismes.models import Organisme

_FINIES = tuple(code for code, etat in load_machine("candidature").etats.items() if etat.fin)


class Candidature(Ligne):
    """One request proposed for one vacancy.

    ``organismes`` are those that see it: the landlord, and the réservataire that proposed it, never another
    one of the same home. ``acces`` are those that see the request through this candidacy only.
    """

    vacance = models.ForeignKey(Vacance, on_delete=models.PROTECT, related_name="candidatures")
    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="candidatures")
    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    organismes = ArrayField(models.UUIDField())
    acces = ArrayField(models.UUIDField(), default=list)
    territoire = models.CharField(max_length=9)
    numero_unique = models.CharField(max_length=18)
    proposee_par = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(max_length=LONGUEUR_ETAT)
    motifs_ecart = ArrayField(models.CharField(max_length=30), default=list)
    signaux = ArrayField(models.CharField(max_length=30), default=list)
    designe_prefet = models.BooleanField(default=False)
    ordre = models.PositiveIntegerField(null=True)
    rang = models.PositiveSmallIntegerField(null=True)
    total = models.IntegerField(null=True)  # points on the day of the session: scores move every night
    piece_recue_le = models.DateField(null=True)
    retire_le = models.DateField(null=True)
    cause_caducite = models.CharField(max_length=20, blank=True)
    proposee_le = models.DateField()
    modifiee_le = models.DateTimeField()

    class Meta:
        """One live file per vacancy; a computed exclusion says why."""

        constraints: ClassVar = [
            etat_connu("candidature", "attributions_candidature_etat"),
            models.UniqueConstraint(
                fields=["vacance", "demande"],
                condition=~Q(etat__in=_FINIES),
                name="attributions_un_dossier_vivant",
            ),
            models.CheckConstraint(
                condition=~Q(etat="ecartee") | Q(motifs_ecart__len__gt=0), name="attributions_ecart_motive"
            ),
            models.CheckConstraint(
                condition=~Q(etat="retiree") | Q(retire_le__isnull=False), name="attributions_retrait_date"
            ),
            models.CheckConstraint(
                condition=~Q(etat="caduque") | ~Q(cause_caducite=""), name="attributions_caducite_causee"
            ),
            models.UniqueConstraint(
                fields=["vacance"],
                condition=Q(etat__in=("offre_envoyee", "acceptee")),
                name="attributions_une_offre_a_la_fois",
            ),
            models.UniqueConstraint(
                fields=["vacance"], condition=Q(etat="bail"), name="attributions_un_bail_par_vacance"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["organismes"], name="attributions_cand_par_orga"),
            models.Index(fields=["vacance", "etat"], name="attributions_cand_par_vacance"),
        ]


class Canal(models.TextChoices):
    """How an answer came."""

    ECRAN = "ecran", _("À l'écran")
    TELEPHONE = "telephone", _("Au téléphone")
    PAPIER = "papier", _("Par courrier")
    GUICHET = "guichet", _("Au guichet")


class Proposition(Ligne):
    """The home offered to a candidate, with the days to answer; not an ad of the open site."""

    ETATS: ClassVar = ("en_cours", "acceptee", "refusee", "sans_reponse", "tombee")

    candidature = models.ForeignKey(Candidature, on_delete=models.PROTECT, related_name="propositions")
    vacance = models.ForeignKey(Vacance, on_delete=models.PROTECT, related_name="propositions")
    rang = models.PositiveSmallIntegerField()
    envoyee_le = models.DateField()
    recue_le = models.DateField()
    jours = models.PositiveSmallIntegerField(null=True)  # granted; those of the law if none is said
    limite = models.DateField()
    ouvert_le = models.DateField()  # first day on which silence counts
    etat = models.CharField(max_length=LONGUEUR_ETAT, default="en_cours")
    reponse_le = models.DateField(null=True)
    canal = models.CharField(max_length=10, choices=Canal.choices, blank=True)
    repondu_par = models.CharField(max_length=20, blank=True)  # role
    saisi_par = models.CharField(max_length=80, blank=True)  # pseudonymous id of who typed it
    motif_refus = models.CharField(max_length=30, blank=True)

    class Meta:
        """One offer at a time for a home, an answer by a known channel."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(etat__in=("en_cours", "acceptee", "refusee", "sans_reponse", "tombee")),
                name="attributions_proposition_etat",
            ),
            models.UniqueConstraint(
                fields=["vacance"],
                condition=Q(etat__in=("en_cours", "acceptee")),
                name="attributions_une_proposition",
            ),
            models.UniqueConstraint(fields=["candidature"], name="attributions_une_proposition_chacun"),
            models.CheckConstraint(
                condition=Q(recue_le__gte=F("envoyee_le"), limite__gt=F("recue_le"), rang__gte=1),
                name="attributions_proposition_dates",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=("acceptee", "refusee"))
                | Q(reponse_le__isnull=False, canal__in=Canal.values),
                name="attributions_reponse_tracee",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["etat", "ouvert_le"], name="attributions_prop_echeances")]


class Bail(Ligne):
    """The lease that ends the path. Never changed."""

    candidature = models.OneToOneField(Candidature, on_delete=models.PROTECT, related_name="bail")
    reference = models.CharField(max_length=40)
    signe_le = models.DateField()
    loyer_cent = models.PositiveIntegerField()
