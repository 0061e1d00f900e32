"""One emptiness of a home: notice, description, orientation to a réservataire, recorded searches."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from palier.engines.commission import load_machine
from palier.web.apps.attributions.models.communs import LONGUEUR_ETAT, Ligne, etat_connu
from palier.web.apps.organismes.models import Organisme
from palier.web.apps.parc.models import Logement

#: Ends of a vacancy: the home may then have another one.
FINIES = tuple(code for code, etat in load_machine("vacance").etats.items() if etat.fin)


class Convention(Ligne):
    """A right of a réservataire to propose candidates for homes of a landlord (R441-5)."""

    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    reservataire = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    du = models.DateField()
    au = models.DateField(null=True)
    communes = ArrayField(models.CharField(max_length=5))
    delai_jours = models.PositiveSmallIntegerField(null=True)  # to propose, at most those of the law

    class Meta:
        """One text per reference."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bailleur", "reservataire", "reference"], name="attributions_convention_unique"
            ),
            models.CheckConstraint(
                condition=Q(au__isnull=True) | Q(au__gte=F("du")), name="attributions_convention_dates"
            ),
            models.CheckConstraint(
                condition=Q(delai_jours__isnull=True) | Q(delai_jours__range=(1, 366)),
                name="attributions_convention_delai",
            ),
        ]


class Vacance(Ligne):
    """A home to allocate.

    ``organismes`` are those that see it: the landlord, and the réservataires it was oriented to. A home has
    one open vacancy at most, whatever the path that opened it.
    """

    logement = models.ForeignKey(Logement, on_delete=models.PROTECT, related_name="vacances")
    bailleur = models.ForeignKey(Organisme, on_delete=models.PROTECT, related_name="+")
    organismes = ArrayField(models.UUIDField())
    territoire = models.CharField(max_length=9)
    etat = models.CharField(max_length=LONGUEUR_ETAT)
    conge_le = models.DateField(null=True)
    bail_fin = models.DateField(null=True)
    livraison_le = models.DateField(null=True)

    # where, and whose college
    commune_code = models.CharField(max_length=5)
    epci = models.CharField(max_length=9, blank=True)
    mandant = models.CharField(max_length=9, blank=True)
    zone_tendue = models.BooleanField(default=True)
    d331_25_1 = models.BooleanField(default=False)

    # what it is
    typologie = models.CharField(max_length=8)
    loyer_cent = models.PositiveIntegerField(null=True)
    charges_cent = models.PositiveIntegerField(default=0)
    surface_m2 = models.PositiveSmallIntegerField(null=True)
    financement = models.CharField(max_length=12, null=True)
    dpe_classe = models.CharField(max_length=1, null=True)
    accessible = models.BooleanField(null=True)
    adapte = models.BooleanField(default=False)
    etage = models.SmallIntegerField(null=True)
    ascenseur = models.BooleanField(null=True)

    non_reserve_le = models.DateField(null=True)  # the landlord has recorded that nobody may propose for it
    suivie_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    motif_retrait = models.CharField(max_length=20, blank=True)
    ouverte_le = models.DateTimeField()
    modifiee_le = models.DateTimeField()

    class Meta:
        """One open vacancy per home."""

        constraints: ClassVar = [
            etat_connu("vacance", "attributions_vacance_etat"),
            models.UniqueConstraint(
                fields=["logement"], condition=~Q(etat__in=FINIES), name="attributions_une_vacance_ouverte"
            ),
            models.CheckConstraint(
                condition=~Q(etat="retiree") | ~Q(motif_retrait=""), name="attributions_retrait_motive"
            ),
            models.CheckConstraint(
                condition=Q(conge_le__isnull=True) | Q(bail_fin__gte=F("conge_le")),
                name="attributions_conge_avant_fin",
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["organismes"], name="attributions_vacance_par_orga"),
            models.Index(fields=["bailleur", "etat"], name="attributions_vacance_par_etat"),
        ]


class Orientation(Ligne):
    """A vacancy given to a réservataire, until a term that is not moved."""

    vacance = models.ForeignKey(Vacance, on_delete=models.CASCADE, related_name="orientations")
    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="+")
    notifiee_le = models.DateField()
    limite = models.DateField(null=True)  # last day; none outside tense areas
    renoncee_le = models.DateField(null=True)  # the réservataire gave the home back before its term
    en_cours = models.BooleanField(default=True)

    class Meta:
        """One at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vacance"], condition=Q(en_cours=True), name="attributions_une_orientation"
            ),
            models.CheckConstraint(
                condition=Q(limite__isnull=True) | Q(limite__gte=F("notifiee_le")),
                name="attributions_orientation_terme",
            ),
        ]


class Delegation(Ligne):
    """The landlord proposes in the name of the réservataire of a convention, for a time (R441-5).

    Both see it: its convention says who they are.
    """

    convention = models.ForeignKey(Convention, on_delete=models.PROTECT, related_name="delegations")
    du = models.DateField()
    au = models.DateField()
    donnee_le = models.DateTimeField()

    class Meta:
        """Dates in order."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(au__gte=F("du")), name="attributions_delegation_dates")
        ]


class Recherche(Ligne):
    """What a search of candidates counted: the proof of an exception to three files. Never changed."""

    vacance = models.ForeignKey(Vacance, on_delete=models.CASCADE, related_name="recherches")
    au = models.DateField()
    n = models.PositiveIntegerField()
    eligibles = models.PositiveIntegerField()
    motifs: models.JSONField[Any, Any] = models.JSONField()
    faite_le = models.DateTimeField()

    class Meta:
        """Counts that hold together."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(eligibles__lte=F("n")), name="attributions_recherche_comptes")
        ]
