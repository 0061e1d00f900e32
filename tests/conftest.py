"""What all tests share: hypothesis profiles, the place of the checkout, and no network."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

RACINE = Path(__file__).resolve().parent.parent

# `rapide` serves the inner loop and `make test`; `epreuves` the full numbers of `make epreuves`.
# Both replay: `rapide` draws the same examples each time, `epreuves` prints what reproduces a failure.
# No deadline: the machine is shared, and a slow example is not a wrong one.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("rapide", max_examples=60, derandomize=True, database=None, **_COMMON)
settings.register_profile("epreuves", max_examples=2_000, print_blob=True, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "rapide"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the full numbers unless `make epreuves` asks for them."""
    if os.environ.get("PALIER_EPREUVES") == "1":
        return
    skip = pytest.mark.skip(reason="réservé à « make epreuves »")
    for item in items:
        if item.get_closest_marker("epreuve"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def racine() -> Path:
    """Root of the checkout."""
    return RACINE


@pytest.fixture(scope="session")
def sources() -> Path:
    """Folder of the package ``palier``."""
    return RACINE / "src" / "palier"


@pytest.fixture(scope="session")
def partage() -> Path | None:
    """Samples that stand beside some checkouts; None elsewhere: a test must pass without them."""
    place = RACINE.parent / "shared" / "data"
    return place if place.is_dir() else None


@pytest.fixture(scope="session", autouse=True)
def _sans_reseau() -> None:
    """Refuse any connection out of this machine: a test that needs one is wrong."""
    patch = pytest.MonkeyPatch()
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        local = self.family == socket.AF_UNIX or (
            isinstance(address, tuple) and str(address[0]) in {"127.0.0.1", "::1", "localhost"}
        )
        if not local:
            _refuse(address)
        real(self, address)  # type: ignore[arg-type]

    patch.setattr(socket.socket, "connect", connect)


def _refuse(address: object) -> NoReturn:
    raise AssertionError(f"un test a voulu joindre {address!r} : les tests n'ont pas de réseau")
