"""A request: what is of class 2 at most stands in its row, money in a second one, class 4 in a closed box."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from palier.web.apps.demandes.models.acces import Demandes
from palier.web.apps.demandes.models.colonnes import champ
from palier.web.identifiants import uuid7


class Statut(models.TextChoices):
    """States of a request."""

    ACTIVE = "active", _("Active")
    EN_ATTENTE_PIECE = "en_attente_piece", _("En attente d'une pièce")
    ATTRIBUEE = "attribuee", _("Logée")
    RADIEE = "radiee", _("Radiée")


class MotifRadiation(models.TextChoices):
    """The five reasons of a removal (R441-2-8), and no other."""

    ATTRIBUTION = "attribution", _("Bail signé")
    RENONCEMENT = "renoncement", _("Renoncement écrit")
    CONTACT_IMPOSSIBLE = "contact_impossible", _("Pas de réponse à un courrier")
    NON_RENOUVELLEMENT = "non_renouvellement", _("Demande non renouvelée")
    IRRECEVABILITE = "irrecevabilite", _("Demande irrecevable")


VIVANTES = (Statut.ACTIVE.value, Statut.EN_ATTENTE_PIECE.value)


class Territoire(models.Model):
    """A territory whose requests are here: what jobs go through, without seeing a request."""

    code = models.CharField(max_length=9, primary_key=True)
    ouvert_le = models.DateTimeField()
    charge_le = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class Demande(models.Model):
    """One request by its unique number, in the territory that scores it.

    ``organismes`` are those that manage it: the desk that filed it, and whoever has a candidacy of it; they
    bound who sees it, in queries and in the database. ``expire_le`` is the day on which it dies without
    renewal, counted by the law when it is written.
    """

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    territoire = models.CharField(max_length=9)
    organismes = ArrayField(models.UUIDField())
    numero_unique = models.CharField(max_length=18, unique=True)
    date_depot_initial = models.DateField()
    horodatage_depot = champ("horodatage_depot")
    date_renouvellement = champ("date_renouvellement")
    expire_le = models.DateField()
    statut = models.CharField(max_length=20, choices=Statut.choices, default=Statut.ACTIVE)
    motif_radiation = models.CharField(max_length=20, choices=MotifRadiation.choices, null=True)
    radiee_le = models.DateField(null=True)
    effacee_le = models.DateField(
        null=True
    )  # what told of the person was erased; a load does not bring it back

    # who
    nom = champ("nom")
    prenom = champ("prenom")
    naissance = champ("naissance")
    conjoint_naissance = champ("conjoint_naissance")
    situation_familiale = champ("situation_familiale")
    en_couple = champ("en_couple")
    nb_personnes = champ("nb_personnes")
    nb_a_charge = champ("nb_a_charge")
    nb_mineurs = champ("nb_mineurs")
    nb_moins_14 = champ("nb_moins_14")
    nb_garde_alternee = champ("nb_garde_alternee")
    nb_droit_visite = champ("nb_droit_visite")
    rfr_n2_annee = champ("rfr_n2_annee")
    situation_professionnelle = champ("situation_professionnelle")
    sans_emploi_depuis = champ("sans_emploi_depuis")
    travailleur_essentiel = champ("travailleur_essentiel")
    commune_travail = champ("commune_travail")

    # where now
    logement_mode = champ("logement_mode")
    logement_depuis = champ("logement_depuis")
    logement_type = champ("logement_type")
    logement_surface_m2 = champ("logement_surface_m2")
    logement_nb_occupants = champ("logement_nb_occupants")
    logement_commune = champ("logement_commune")
    logement_non_decent = champ("logement_non_decent")
    bailleur_siren = champ("bailleur_siren")
    numero_bail = champ("numero_bail")

    # what is asked for
    typologies = champ("typologies")
    localisations = champ("localisations")
    accepte_autre_commune = champ("accepte_autre_commune")
    rez_de_chaussee_seul = champ("rez_de_chaussee_seul")
    ascenseur = champ("ascenseur")
    parking = champ("parking")

    # priorities and proofs
    dalo = champ("dalo")
    dalo_date = champ("dalo_date")
    label_pdalhpd = champ("label_pdalhpd")
    label_accord_collectif = champ("label_accord_collectif")
    label_anru = champ("label_anru")
    label_sortant_hebergement = champ("label_sortant_hebergement")
    relogement_de_droit = champ("relogement_de_droit")
    vit_sur_territoire = champ("vit_sur_territoire")
    travaille_sur_territoire = champ("travaille_sur_territoire")
    zone = champ("zone")
    verifie_piece = champ("verifie_piece")
    verifie_social = champ("verifie_social")
    verifie_etat = champ("verifie_etat")

    modifiee_le = models.DateTimeField()

    objects = Demandes()

    class Meta:
        """Integrity, and the indexes of lists, searches and jobs."""

        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(statut__in=Statut.values), name="demandes_statut_connu"),
            models.CheckConstraint(
                condition=Q(statut__in=VIVANTES, motif_radiation__isnull=True)
                | Q(
                    statut__in=("attribuee", "radiee"),
                    motif_radiation__in=MotifRadiation.values,
                    motif_radiation__isnull=False,  # a condition on nothing is neither true nor false
                ),
                name="demandes_radiation_motivee",
            ),
            models.CheckConstraint(
                condition=Q(numero_unique__regex=r"^\d{3}(0[1-9]|1[0-2])\d{2}\d{6}[0-9A-Z]{5}$"),
                name="demandes_numero_forme",
            ),
            models.CheckConstraint(condition=Q(organismes__len__gt=0), name="demandes_organisme_present"),
            models.CheckConstraint(
                condition=Q(expire_le__gt=F("date_depot_initial")), name="demandes_expire_apres_depot"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(fields=["organismes"], name="demandes_par_organisme"),
            GinIndex(fields=["localisations"], name="demandes_par_commune"),
            models.Index(fields=["date_depot_initial", "id"], name="demandes_par_age"),
            models.Index(fields=["territoire", "expire_le"], name="demandes_par_echeance"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Argent(models.Model):
    """The amounts of a request (class 3): every reading leaves a line of journal."""

    demande = models.OneToOneField(Demande, primary_key=True, on_delete=models.CASCADE, related_name="argent")
    rfr_n1_eur = champ("rfr_n1_eur")
    rfr_n2_eur = champ("rfr_n2_eur")
    ressources_mensuelles_cent = champ("ressources_mensuelles_cent")
    loyer_cent = champ("loyer_cent")
    charges_cent = champ("charges_cent")
    aide_logement_cent = champ("aide_logement_cent")
    loyer_max_cent = champ("loyer_max_cent")

    def __str__(self) -> str:
        return str(self.pk)


class Sensible(models.Model):
    """The class 4 of a request, closed (``chiffrement``): health, violence, nationality, reasons, publics."""

    demande = models.OneToOneField(
        Demande, primary_key=True, on_delete=models.CASCADE, related_name="sensible"
    )
    chiffre: models.BinaryField[Any, Any] = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)
