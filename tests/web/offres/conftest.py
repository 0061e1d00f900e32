"""Fixtures of the tests of offers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.offres.outils import lieux


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
    lieux()
