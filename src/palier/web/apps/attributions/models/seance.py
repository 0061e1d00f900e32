"""The commission: règlement, members, sessions, homes on the agenda, presences, ballots, minutes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.attributions.models.communs import LONGUEUR_ETAT, Ligne, etat_connu
from palier.web.apps.attributions.models.vacance import Recherche, Vacance
from palier.web.apps.organismes.models import Organisme

_SHA256 = r"^[0-9a-f]{64}$"


class Reglement(Ligne):
    """A vintage of the règlement intérieur: its text, whole. Only its end may be set."""

    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    texte = models.TextField()
    sha256 = models.CharField(max_length=64)
    du = models.DateField()
    au = models.DateField(null=True)

    class Meta:
        """One vintage per day it starts."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bailleur", "du"], name="attributions_reglement_version"),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="attributions_reglement_dates"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=_SHA256), name="attributions_reglement_empreinte"
            ),
        ]


class Membre(Ligne):
    """A person of the commission of a landlord, with a vote or an opinion, for a time."""

    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    nom = models.CharField(max_length=120)
    qualite = models.CharField(max_length=24)
    lieu = models.CharField(max_length=9, blank=True)
    president = models.BooleanField(default=False)
    adresse_cle = models.CharField(max_length=64, blank=True)  # keyed hash: compared, never read
    du = models.DateField()
    au = models.DateField(null=True)

    class Meta:
        """One president at a time, one seat per account."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bailleur"],
                condition=Q(president=True, au__isnull=True),
                name="attributions_un_president",
            ),
            models.UniqueConstraint(
                fields=["bailleur", "utilisateur"],
                condition=Q(au__isnull=True, utilisateur__isnull=False),
                name="attributions_un_siege",
            ),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="attributions_membre_dates"
            ),
        ]


class Seance(Ligne):
    """A session; ``dossiers_ouverts`` lets its members see the files, from convocation to minutes."""

    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField()
    le = models.DateField()
    mode = models.CharField(max_length=10)
    lieu = models.CharField(max_length=120, blank=True)
    etat = models.CharField(max_length=LONGUEUR_ETAT)
    reglement = models.ForeignKey(Reglement, null=True, on_delete=models.PROTECT, related_name="+")
    convoquee_le = models.DateField(null=True)
    dossiers_ouverts = models.BooleanField(default=False)
    ouverte_le = models.DateTimeField(null=True)
    close_le = models.DateTimeField(null=True)
    pv_le = models.DateField(null=True)
    envoi_le = models.DateField(null=True)
    motif_annulation = models.CharField(max_length=200, blank=True)
    reunion_demandee_le = models.DateTimeField(null=True)  # a member of a written session asked to meet
    reunion_demandee_par = models.ForeignKey(Membre, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Numbered by landlord."""

        constraints: ClassVar = [
            etat_connu("seance", "attributions_seance_etat"),
            models.UniqueConstraint(fields=["bailleur", "numero"], name="attributions_seance_numero"),
            models.CheckConstraint(
                condition=Q(mode__in=("salle", "distance", "ecrite")), name="attributions_seance_mode"
            ),
            models.CheckConstraint(
                condition=Q(etat__in=("projet", "annulee"))
                | Q(convoquee_le__isnull=False, reglement__isnull=False),
                name="attributions_seance_convoquee",
            ),
            models.CheckConstraint(
                condition=Q(convoquee_le__isnull=True) | Q(convoquee_le__lte=F("le")),
                name="attributions_convocation_avant",
            ),
        ]


class Nature(models.TextChoices):
    """What an item is for."""

    EXAMEN = "examen", _("Examen")
    RECTIFICATION = "rectification", _("Décision rectificative")


class EtatPoint(models.TextChoices):
    """States of an item; there is no « ajourné »."""

    A_EXAMINER = "a_examiner", _("À examiner")
    CLOS = "clos", _("Examiné")
    NON_EXAMINE = "non_examine", _("Non examiné")


class PointSeance(Ligne):
    """A home on the agenda, and what was counted for it; a trigger keeps it once closed."""

    seance = models.ForeignKey(Seance, on_delete=models.PROTECT, related_name="points")
    vacance = models.ForeignKey(Vacance, on_delete=models.PROTECT, related_name="points")
    nature = models.CharField(max_length=14, choices=Nature.choices, default=Nature.EXAMEN)
    rectifie = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    etat = models.CharField(max_length=12, choices=EtatPoint.choices, default=EtatPoint.A_EXAMINER)
    motif_non_examen = models.CharField(max_length=20, blank=True)
    recherche = models.ForeignKey(Recherche, null=True, on_delete=models.PROTECT, related_name="+")
    ordre = ArrayField(models.CharField(max_length=18), default=list)
    ecarts: models.JSONField[Any, Any] = models.JSONField(default=list)
    tour = models.PositiveSmallIntegerField(default=1)
    scrutin_ouvert = models.DateTimeField(null=True)
    scrutin_ferme = models.DateTimeField(null=True)

    # what the closing counted
    quorum_base = models.CharField(max_length=8, blank=True)
    quorum_comptes = models.PositiveSmallIntegerField(null=True)
    quorum_requis = models.PositiveSmallIntegerField(null=True)
    quorum_effectif = models.PositiveSmallIntegerField(null=True)
    dossiers_n = models.PositiveSmallIntegerField(null=True)
    dossiers_requis = models.PositiveSmallIntegerField(null=True)
    exception = models.CharField(max_length=12, blank=True)
    oui = models.PositiveSmallIntegerField(null=True)
    non = models.PositiveSmallIntegerField(null=True)
    abstentions = models.PositiveSmallIntegerField(null=True)
    departage = models.CharField(max_length=10, blank=True)
    participants = models.PositiveSmallIntegerField(null=True)
    participants_requis = models.PositiveSmallIntegerField(null=True)
    clos_le = models.DateTimeField(null=True)

    class Meta:
        """One place of the agenda each; a home waits for one session at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seance", "vacance"], name="attributions_point_unique"),
            models.UniqueConstraint(fields=["seance", "place"], name="attributions_point_place"),
            models.UniqueConstraint(
                fields=["vacance"],
                condition=Q(etat="a_examiner", nature="examen"),
                name="attributions_un_point_vivant",
            ),
            models.CheckConstraint(condition=Q(etat__in=EtatPoint.values), name="attributions_point_etat"),
            models.CheckConstraint(
                condition=Q(nature="examen", rectifie__isnull=True)
                | Q(nature="rectification", rectifie__isnull=False),
                name="attributions_point_nature",
            ),
            models.CheckConstraint(
                condition=~Q(etat="non_examine") | ~Q(motif_non_examen=""),
                name="attributions_non_examen_motive",
            ),
            models.CheckConstraint(
                condition=~Q(etat="clos") | Q(clos_le__isnull=False, quorum_comptes__isnull=False),
                name="attributions_point_compte",
            ),
        ]
        ordering: ClassVar = ["place"]


class Presence(Ligne):
    """A member checked in for one home."""

    point = models.ForeignKey(PointSeance, on_delete=models.CASCADE, related_name="presences")
    membre = models.ForeignKey(Membre, on_delete=models.PROTECT, related_name="+")
    pouvoirs = ArrayField(models.UUIDField(), default=list)  # members represented
    interet = models.CharField(max_length=20, blank=True)
    pointee_le = models.DateTimeField()

    class Meta:
        """Once each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "membre"], name="attributions_presence_unique")
        ]


class Bulletin(Ligne):
    """A ballot on the proposal of an item, in a round of votes."""

    point = models.ForeignKey(PointSeance, on_delete=models.CASCADE, related_name="bulletins")
    membre = models.ForeignKey(Membre, on_delete=models.PROTECT, related_name="+")
    par = models.ForeignKey(Membre, null=True, on_delete=models.PROTECT, related_name="+")
    tour = models.PositiveSmallIntegerField()
    sens = models.CharField(max_length=10)
    recu = models.DateTimeField()

    class Meta:
        """One ballot per member and round."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "membre", "tour"], name="attributions_bulletin_unique"),
            models.CheckConstraint(
                condition=Q(sens__in=("oui", "non", "abstention")), name="attributions_bulletin_sens"
            ),
        ]


class Pv(Ligne):
    """Minutes of a session, chained to those of the session before. Never changed."""

    seance = models.OneToOneField(Seance, on_delete=models.PROTECT, related_name="pv")
    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField()
    contenu: models.JSONField[Any, Any] = models.JSONField()
    precedent = models.CharField(max_length=64, blank=True)
    empreinte = models.CharField(max_length=64)
    signe_par = models.ForeignKey(Membre, on_delete=models.PROTECT, related_name="+")
    signe_le = models.DateTimeField()

    class Meta:
        """A chain by landlord: a hash follows one other, once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bailleur", "numero"], name="attributions_pv_numero"),
            models.UniqueConstraint(fields=["bailleur", "precedent"], name="attributions_pv_chaine"),
            models.CheckConstraint(condition=Q(empreinte__regex=_SHA256), name="attributions_pv_empreinte"),
        ]
