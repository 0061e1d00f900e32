"""Write many rows at once: COPY, in the transaction under way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from psycopg import sql

if TYPE_CHECKING:
    import polars as pl

RIEN = "\\N"


def copy_values(table: str, colonnes: Sequence[str], lignes: Iterable[Sequence[Any]]) -> None:
    """Insert rows of Python values by COPY.

    Parameters
    ----------
    table : str
        Without row-level security: PostgreSQL refuses COPY into one that has it.
    colonnes : sequence of str
        Names, in the order of the values.
    lignes : iterable of sequences
        None is null, a list an array.

    Raises
    ------
    django.db.Error
        What the database refuses.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    text = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, colonnes))
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(text) as copy:
        for ligne in lignes:
            copy.write_row(ligne)


def copy_frame(table: str, frame: pl.DataFrame) -> None:
    """Insert a frame by COPY; the names of its columns are those of the table, its lists are texts.

    Raises
    ------
    django.db.Error
        What the database refuses.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    text = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv, NULL {})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, frame.columns)), sql.Literal(RIEN)
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(text) as copy:
        copy.write(frame.write_csv(include_header=False, null_value=RIEN))


def copy_rows(objets: Sequence[Model]) -> None:
    """Insert new objects of one model by COPY; triggers and constraints hold as for any insert.

    An ``INSERT`` of many rows spends ten times more in writing its own text. Columns that the database fills
    itself (identity, default) are left to it, and are not read back.

    Parameters
    ----------
    objets : sequence of Model
        New objects, all of the same model; nothing is done for none.

    Raises
    ------
    django.db.Error
        What the database refuses.
    """
    if not objets:
        return
    meta = objets[0]._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not isinstance(getattr(objets[0], field.attname), DatabaseDefault)
        and not (field.primary_key and getattr(objets[0], field.attname) is None)
        and not field.generated
    ]
    connection = connections[DEFAULT_DB_ALIAS]
    copy_values(
        meta.db_table,
        [str(field.column) for field in fields],
        (
            [field.get_db_prep_save(field.pre_save(objet, True), connection) for field in fields]
            for objet in objets
        ),
    )
