"""Fixtures of the site's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def base_reelle(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give a database whose commits are real (several connections, processes, kills); emptied afterwards.

    Django's own ``transaction=True`` flushes as the web role, which may not truncate: the owner does it.
    """
    del django_db_setup
    from django.db import connections

    with django_db_blocker.unblock():
        yield
        with connections["admin"].cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
                " AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
            )
            names = ", ".join(name for (name,) in cursor.fetchall())
            cursor.execute("ALTER TABLE journal_evenement DISABLE TRIGGER journal_garde")
            cursor.execute(f"TRUNCATE {names} CASCADE")
            cursor.execute("ALTER TABLE journal_evenement ENABLE TRIGGER journal_garde")
        for connection in connections.all():
            connection.close()
