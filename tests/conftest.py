"""What all tests share: hypothesis profiles, the place of the checkout, and no network."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

RACINE = Path(__file__).resolve().parent.parent

# `rapide` serves the inner loop and `make test`; `epreuves` the full numbers of `make epreuves`.
# Both replay: `rapide` draws the same examples each time, `epreuves` prints what reproduces a failure.
# No deadline: the machine is shared, and a slow example is not a wrong one.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("rapide", max_examples=60, derandomize=True, database=None, **_COMMON)
settings.register_profile("epreuves", max_examples=500, print_blob=True, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "rapide"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the full numbers unless `make epreuves` asks for them."""
    if os.environ.get("PALIER_EPREUVES") == "1":
        return
    skip = pytest.mark.skip(reason="réservé à « make epreuves »")
    for item in items:
        if item.get_closest_marker("epreuve"):
            item.add_marker(skip)


# What counts for the coverage of the core: its own tests. Those of the site, and those that draw hundreds of
# examples, go through the same lines again; following them would double their time.
_COMPTES = ("acceptance", "cases", "unit")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Suspend the coverage outside the tests of the core."""
    plugin = item.config.pluginmanager.getplugin("_cov")
    control = getattr(plugin, "cov_controller", None)
    if control is None or item.path.relative_to(RACINE / "tests").parts[0] in _COMPTES:
        return (yield)
    control.pause()
    try:
        return (yield)
    finally:
        control.resume()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables of the full numbers."""
    if os.environ.get("PALIER_EPREUVES") == "1":
        from tests import bilan

        for line in bilan.lines(terminalreporter.stats, settings.default.max_examples):
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def racine() -> Path:
    """Root of the checkout."""
    return RACINE


@pytest.fixture(scope="session")
def officiel() -> Path:
    """Official lists of places, as an npm package ships them: a test without them proves nothing."""
    place = RACINE / "node_modules/@etalab/decoupage-administratif"
    if not (place / "data/communes.json").is_file():
        pytest.fail(
            "Les listes officielles manquent dans node_modules : lancez « make setup ».", pytrace=False
        )
    return place


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


# --- The site: one throw-away PostgreSQL for the whole run, one database per process of tests -------------

os.environ["DJANGO_SETTINGS_MODULE"] = "palier.web.settings"
os.environ["PALIER_MODE"] = "essai"
for _name in ("DATABASE_URL", "DATABASE_URL_ADMIN"):
    os.environ.pop(_name, None)
if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit the folder of their parent
    _folder = Path(tempfile.mkdtemp(prefix="palier-"))
    _folder.chmod(0o755)  # the embedded server runs as another user when we are root
    (_folder / "static").mkdir()  # whitenoise warns where there is none
    os.environ["PALIER_DONNEES"] = str(_folder)

import django  # noqa: E402 - the settings above come first

from tools.traductions.catalogues import compile_stale  # noqa: E402

compile_stale()  # the words of other languages, as `make setup` would
django.setup()


@pytest.fixture(scope="session")
def base_embarquee() -> Path:
    """Folder of the running throw-away cluster."""
    from palier.web.postgres import embarque

    folder = Path(os.environ["PALIER_DONNEES"])
    embarque.start(folder, ephemere=True)
    return folder


@pytest.fixture(scope="session")
def django_db_setup(base_embarquee: Path, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Make the test database as its owner; the tests then connect as the web role."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from palier.web.postgres import roles

    del base_embarquee
    suffix = None if worker_id == "master" else worker_id
    with django_db_blocker.unblock():
        if suffix:
            for alias in connections:
                settings_of = connections[alias].settings_dict
                settings_of["TEST"]["NAME"] = f"test_palier_{suffix}"
        made = setup_databases(0, interactive=False)
        from django.core.management import call_command

        call_command("createcachetable", database="admin", verbosity=0)
        roles.grant_all()
        yield
        connections.close_all()  # a database in use cannot be dropped
        teardown_databases(made, 0)


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Any]:
    """Give the one Chromium of this process, as long as a file of tests asks for it.

    Playwright refuses a second loop beside a first, and leaves its own running: what follows in this
    process (the worker of jobs, the fuzzer) must find none.
    """
    from tests.web.components.navigateur import naviguer

    # The pages wait in Playwright's own loop: Django must not take it for one of its own.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with naviguer() as browser:
            yield browser


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop and erase the throw-away cluster at the end of the run."""
    if hasattr(config, "workerinput"):
        return
    from palier.web.postgres import embarque

    folder = Path(os.environ["PALIER_DONNEES"])
    embarque.stop(folder, mode="immediate")
    shutil.rmtree(folder, ignore_errors=True)
