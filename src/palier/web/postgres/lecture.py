"""Hot reads: statements that PostgreSQL plans once per connection, values bound by the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection


def fetch_row(sql: str, valeurs: Sequence[Any]) -> tuple[Any, ...]:
    """Return the only row of a prepared read (:func:`fetch_rows`)."""
    (row,) = fetch_rows(sql, valeurs)
    return row


def fetch_rows(sql: str, valeurs: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a prepared read.

    Planning such a statement costs as much as running it. A connection found dead is opened again, once,
    where no transaction is under way; so it is not tried beforehand at each request.

    Parameters
    ----------
    sql : str
        One SELECT; the number of different texts is small, values are ``%s``.
    valeurs : sequence
        Values of the parameters.

    Raises
    ------
    django.db.Error
        What the database says.
    """
    try:
        return _fetch(sql, valeurs)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block or (connection.connection and not connection.connection.closed):
            raise
        connection.close()
        return _fetch(sql, valeurs)


def _fetch(sql: str, valeurs: Sequence[Any]) -> list[tuple[Any, ...]]:
    if connection.connection is None:
        connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, valeurs, prepare=True).fetchall()
