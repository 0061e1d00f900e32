"""Write many rows at once: COPY, in the transaction under way."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from psycopg import sql


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
    text = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(meta.db_table), sql.SQL(", ").join(sql.Identifier(str(f.column)) for f in fields)
    )
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(text) as copy:
        for objet in objets:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(objet, True), connection) for field in fields]
            )
