"""One live site and one browser for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.serveur import Site, live_site


def _base(nom: str, worker_id: str) -> str:
    """Name of a database that no other process of tests has."""
    return f"palier_{nom}" if worker_id == "master" else f"palier_{nom}_{worker_id}"


@pytest.fixture(scope="session")
def site(base_embarquee: Path, worker_id: str) -> Iterator[Site]:
    """A site filled with 150 offers, accounts, lots, alerts, figures."""
    name = _base("plein", worker_id)
    with live_site(base_embarquee / name, base_embarquee / "pg", name) as found:
        yield found


@pytest.fixture(scope="session")
def site_vide(base_embarquee: Path, worker_id: str) -> Iterator[Site]:
    """A site that has just been installed."""
    name = _base("vide", worker_id)
    with live_site(base_embarquee / name, base_embarquee / "pg", name, "vide") as found:
        yield found


@pytest.fixture(scope="module")
def examinateur(navigateur: Browser) -> object:
    """The browser, its contexts by session and by the presence of JavaScript."""
    from tests.e2e.examen import Examinateur

    return Examinateur(navigateur)
