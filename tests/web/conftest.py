"""Fixtures of the site's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
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


@pytest.fixture(autouse=True)
def _memoire_vide() -> None:
    """Start each test without rates counted nor figures kept by the one before."""
    from django.core.cache import caches

    caches["memoire"].clear()


@pytest.fixture
def communes(db: None, tmp_path: Path, settings: object) -> None:
    """Two communes, and a storage of its own for the files of lots."""
    del db
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "depots"},
        }
    }
    from tests.web.offres.outils import lieux

    lieux()
