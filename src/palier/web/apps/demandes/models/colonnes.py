"""Fields of models made from the registry of columns: one place says what a column is."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from palier.tables import colonne, schema

_TEXTE, _CODE = 120, 30


class Horodatage(models.DateTimeField):
    """An instant of the clock on the wall, as files give it: no zone."""

    def db_type(self, connection: Any) -> str:
        """Return the type of the database."""
        del connection
        return "timestamp"

    def get_prep_value(self, value: Any) -> Any:
        """Send it as it is."""
        return value


def champ(nom: str) -> Any:
    """Return the field of a column; an absent answer is null: unknown.

    Sets of codes are integers, a bit per code (ADR 0006).
    """
    column = colonne(nom)
    match column.type:
        case "date":
            return models.DateField(null=True)
        case "horodatage":
            return Horodatage(null=True)
        case "booleen":
            return models.BooleanField(null=True)
        case "entier" | "cent":
            small = column.bits in {"u8", "i16"}
            return models.SmallIntegerField(null=True) if small else models.IntegerField(null=True)
        case "ensemble":
            return models.BigIntegerField(null=True)
        case "code":
            return models.CharField(max_length=_CODE, null=True)
        case "liste":
            return ArrayField(models.CharField(max_length=9), null=True)
    return models.CharField(max_length=_TEXTE, null=True)


def columns_of_class(*classes: int, table: str = "demandes") -> tuple[str, ...]:
    """Return the columns of a table that have one of these sensitivities, in the order of the registry."""
    return tuple(c.nom for c in schema(table).colonnes if c.sensibilite in classes)


LIGNE = columns_of_class(0, 1, 2)
ARGENT = columns_of_class(3)
SENSIBLE = columns_of_class(4)
