"""One table of events, without foreign keys: it survives what it speaks of."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Evenement(models.Model):
    """One act, or one reading of a sensitive field.

    ``precedent`` and ``empreinte`` are set by the database: each line is chained to the one before by
    SHA-256, so that no line can change or vanish quietly (plateforme.md 5.3).
    """

    id = models.BigAutoField(primary_key=True)
    instant = models.DateTimeField(db_default=Now())
    acteur = models.CharField(max_length=80)
    verbe = models.CharField(max_length=60)
    objet_type = models.CharField(max_length=40)
    objet_id = models.CharField(max_length=80)
    organisme = models.CharField(max_length=40, blank=True, default="")
    champs = ArrayField(models.CharField(max_length=60), default=list)
    motif = models.CharField(max_length=200, blank=True, default="")
    origine = models.CharField(max_length=40, default="site")
    precedent = models.BinaryField(null=True, editable=False)
    empreinte = models.BinaryField(null=True, editable=False)

    class Meta:
        """Read from the newest, and by object."""

        indexes: ClassVar = [
            models.Index(fields=["objet_type", "objet_id", "id"], name="journal_par_objet"),
            models.Index(fields=["organisme", "id"], name="journal_par_organisme"),
        ]

    def __str__(self) -> str:
        return f"{self.verbe} {self.objet_type}"


class TetePubliee(models.Model):
    """Head of the chain at the end of a day, published so that history cannot be rewritten quietly."""

    jour = models.DateField(primary_key=True)
    numero = models.BigIntegerField()
    instant = models.DateTimeField()
    empreinte = models.CharField(max_length=64)
    publiee_le = models.DateTimeField(db_default=Now())

    class Meta:
        """A SHA-256 in hexadecimal."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(empreinte__regex=r"^[0-9a-f]{64}$"), name="journal_tete_empreinte"
            )
        ]

    def __str__(self) -> str:
        return f"{self.jour} {self.empreinte[:12]}"
