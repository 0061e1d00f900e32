"""A live site for the tests that need one: its own database, a seeded set, gunicorn on this machine only."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
import requests

RACINE = Path(__file__).resolve().parents[2]
_START_S = 60


@dataclass
class Site:
    """A site that answers.

    Parameters
    ----------
    adresse : str
        ``http://127.0.0.1:port``.
    env : dict of str to str
        Environment of its processes.
    semis : dict
        What the seed gave: ``noms`` (identifiers, links), ``cookies`` (sessions by role).
    """

    adresse: str
    env: dict[str, str]
    semis: dict[str, Any] = field(default_factory=dict)

    @property
    def boite(self) -> Path:
        """Folder of the mails that did not leave."""
        return Path(self.env["PALIER_DONNEES"]) / "courriels"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(dossier: Path, pg: Path, base: str, port: int, **more: str) -> dict[str, str]:
    """Environment of a site whose database is ``base`` on the embedded server of ``pg``."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PALIER_")},
        "DJANGO_SETTINGS_MODULE": "palier.web.settings",
        "PALIER_MODE": "essai",
        "PALIER_DONNEES": str(dossier),
        "PALIER_ADRESSE": f"http://127.0.0.1:{port}",
        "PALIER_LIMITES": "non",
        "PALIER_TELEPHONE": "01 00 00 00 00",
        "PALIER_CONTACT": "contact@exemple.fr",
        "DATABASE_URL": f"postgresql://palier_app@/{base}?host={pg}",
        "DATABASE_URL_ADMIN": f"postgresql://postgres@/{base}?host={pg}",
        "POLARS_MAX_THREADS": "1",
        "PYTHONPATH": os.pathsep.join((str(RACINE / "src"), str(RACINE))),
        **more,
    }


def create_base(pg: Path, base: str) -> None:
    """Make an empty database on the embedded server."""
    with psycopg.connect(host=str(pg), user="postgres", dbname="postgres", autocommit=True) as connexion:
        connexion.execute(f"DROP DATABASE IF EXISTS {base} WITH (FORCE)")
        connexion.execute(f"CREATE DATABASE {base} TEMPLATE template0 ENCODING 'UTF8'")


def sow(env: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Run the seed in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.e2e.semis", *arguments]
    done = subprocess.run(command, env=env, cwd=RACINE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def web_command(port: int) -> list[str]:
    """Start gunicorn as the site does."""
    from palier.web.exploitation.service import _gunicorn

    return _gunicorn("127.0.0.1", port, 1)


def wait_until_up(adresse: str, child: subprocess.Popen[bytes]) -> None:
    """Wait for the first answer."""
    limit = time.monotonic() + _START_S
    while time.monotonic() < limit:
        try:
            if requests.get(f"{adresse}/sante", timeout=30).ok:
                return
        except requests.RequestException:
            assert child.poll() is None, "le serveur s'est arrêté"
            time.sleep(0.05)
    raise AssertionError("le site ne répond pas")


@contextmanager
def live_site(
    dossier: Path,
    pg: Path,
    base: str,
    *arguments: str,
    lancer: Callable[[int], list[str]] = web_command,
    journal: IO[bytes] | None = None,
    **more: str,
) -> Iterator[Site]:
    """Make a database, fill it, serve it; ``journal`` takes what the server writes."""
    port = free_port()
    dossier.mkdir(parents=True, exist_ok=True)
    (dossier / "static").mkdir(exist_ok=True)
    env = environment(dossier, pg, base, port, **more)
    create_base(pg, base)
    site = Site(f"http://127.0.0.1:{port}", env, sow(env, *arguments))
    child = subprocess.Popen(
        lancer(port), env=env, cwd=RACINE, start_new_session=True, stdout=journal, stderr=journal
    )
    try:
        wait_until_up(site.adresse, child)
        yield site
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(30)
