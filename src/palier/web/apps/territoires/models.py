"""Places by vintage, and the tables from which the search answers."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Now

from palier.web.identifiants import uuid7

DEGRES = Q(lon__isnull=True, lat__isnull=True) | Q(
    lon__isnull=False, lat__isnull=False, lon__range=(-180, 180), lat__range=(-90, 90)
)


class Millesime(models.Model):
    """An edition of the official geography that was loaded, and the words that name its publishers."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    du = models.DateField(unique=True)
    empreinte = models.CharField(max_length=64)
    sources = models.JSONField(default=list)
    charge_le = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.du)


class Valable(models.Model):
    """A row true from ``du`` to ``au``, both included; ``au`` is empty while it is true."""

    id: models.UUIDField[uuid.UUID, uuid.UUID] = models.UUIDField(
        primary_key=True, default=uuid7, editable=False
    )
    du = models.DateField()
    au = models.DateField(null=True)

    class Meta:
        abstract = True


def _dates(table: str, *cle: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(au__isnull=True) | Q(au__gte=F("du")), name=f"{table}_dates"),
        models.UniqueConstraint(fields=[*cle, "du"], name=f"{table}_unique"),
        models.UniqueConstraint(fields=[*cle], condition=Q(au__isnull=True), name=f"{table}_une_vivante"),
    ]


class Region(Valable):
    """A region."""

    code = models.CharField(max_length=3)
    nom = models.CharField(max_length=80)
    cle = models.CharField(max_length=80)
    zone = models.CharField(max_length=5)
    chef_lieu = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints: ClassVar = _dates("territoires_region", "code")

    def __str__(self) -> str:
        return self.nom


class Departement(Valable):
    """A department, or an overseas collectivity."""

    code = models.CharField(max_length=3)
    nom = models.CharField(max_length=80)
    cle = models.CharField(max_length=80)
    region = models.CharField(max_length=3)
    zone = models.CharField(max_length=5)
    chef_lieu = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints: ClassVar = _dates("territoires_departement", "code")

    def __str__(self) -> str:
        return self.nom


class Epci(Valable):
    """A group of communes: métropole, CU, CA, CC, or EPT of the Métropole du Grand Paris."""

    code = models.CharField(max_length=9)
    type = models.CharField(max_length=8)
    nom = models.CharField(max_length=160)
    cle = models.CharField(max_length=160)
    population = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = _dates("territoires_epci", "code")

    def __str__(self) -> str:
        return self.nom


class Membre(Valable):
    """A commune in an EPCI."""

    epci = models.CharField(max_length=9)
    commune = models.CharField(max_length=5)

    class Meta:
        constraints: ClassVar = _dates("territoires_membre", "epci", "commune")
        indexes: ClassVar = [models.Index(fields=["commune"], name="territoires_membre_commune")]

    def __str__(self) -> str:
        return f"{self.commune} {self.epci}"


class Commune(Valable):
    """A code of commune: current, municipal arrondissement, delegated, associated, or ended.

    ``parent`` is the commune that holds it, or that took over an ended code.
    The box is in millionths of a degree; it is empty without outlines.
    """

    class Type(models.TextChoices):
        """Kinds of code."""

        ACTUELLE = "actuelle"
        ARRONDISSEMENT = "arrondissement"
        DELEGUEE = "deleguee"
        ASSOCIEE = "associee"
        ANCIENNE = "ancienne"

    code = models.CharField(max_length=5)
    type = models.CharField(max_length=14, choices=Type.choices)
    nom = models.CharField(max_length=80)
    cle = models.CharField(max_length=80)
    article = models.SmallIntegerField(default=0)
    departement = models.CharField(max_length=3)
    region = models.CharField(max_length=3)
    zone = models.CharField(max_length=5)
    parent = models.CharField(max_length=5, blank=True)
    siren = models.CharField(max_length=9, blank=True)
    codes_postaux = ArrayField(models.CharField(max_length=5), default=list)
    population = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    ouest = models.IntegerField(null=True)
    sud = models.IntegerField(null=True)
    est = models.IntegerField(null=True)
    nord = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            *_dates("territoires_commune", "code", "type"),
            models.CheckConstraint(
                condition=Q(type__in=["actuelle", "arrondissement", "deleguee", "associee", "ancienne"]),
                name="territoires_commune_type",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9][0-9AB][0-9]{3}$"), name="territoires_commune_code"
            ),
            models.CheckConstraint(condition=DEGRES, name="territoires_commune_degres"),
            models.CheckConstraint(
                condition=Q(type="actuelle") | ~Q(parent=""), name="territoires_commune_parent"
            ),
            models.CheckConstraint(
                condition=Q(ouest__isnull=True) | Q(ouest__lte=F("est"), sud__lte=F("nord")),
                name="territoires_commune_boite",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.nom}"


class Lieu(models.Model):
    """A place that the search can answer; made again at each load, read by nobody else."""

    genre = models.CharField(max_length=14)
    code = models.CharField(max_length=9)
    nom = models.CharField(max_length=160)
    departement = models.CharField(max_length=3, blank=True)
    codes_postaux = ArrayField(models.CharField(max_length=5), default=list)
    population = models.IntegerField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    ouest = models.IntegerField(null=True)
    sud = models.IntegerField(null=True)
    est = models.IntegerField(null=True)
    nord = models.IntegerField(null=True)
    commune = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["genre", "code"], name="territoires_lieu_unique")
        ]

    def __str__(self) -> str:
        return self.nom


class Entree(models.Model):
    """A text under which a place is found, and its weight."""

    texte = models.CharField(max_length=160)
    poids = models.IntegerField()
    # Both tables are written again together, in one transaction: a check of each row would only cost time.
    lieu = models.ForeignKey(
        Lieu, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="entrees"
    )
    via = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                OpClass(F("texte"), name="text_pattern_ops"),
                name="territoires_entree_texte",
                include=["poids", "lieu"],
            ),
            *(
                models.Index(Left("texte", n), F("poids").desc(), name=f"territoires_entree_debut{n}")
                for n in (1, 2, 3)
            ),
        ]

    def __str__(self) -> str:
        return self.texte
