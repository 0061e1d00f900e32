"""What the tables of allocations share."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palier.engines.commission import load_machine
from palier.web.identifiants import uuid7

LONGUEUR_ETAT = 24


def states(machine: str) -> tuple[str, ...]:
    """Return the states of a machine, for a constraint of the database."""
    return tuple(load_machine(machine).etats)


def etat_connu(machine: str, nom: str) -> models.CheckConstraint:
    """Return the constraint of a table whose states are those of a machine."""
    return models.CheckConstraint(condition=Q(etat__in=states(machine)), name=nom)


class Ligne(models.Model):
    """A row with an identifier that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return str(self.pk)
