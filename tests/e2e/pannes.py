"""A site whose parts are killed: web process, worker, database, each started again as an operator would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.e2e.serveur import RACINE, create_base, environment, free_port, sow, wait_until_up, web_command

BASE = "palier_pannes"
_RESTART = (
    "import sys; from pathlib import Path; from palier.web.postgres import embarque;"
    "embarque.start(Path(sys.argv[1]))"
)


def _children(pid: int) -> list[int]:
    """Processes whose parent is this one."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == pid:
            found.append(int(place.parent.name))
    return found


@dataclass
class Maison:
    """Cluster, web process and worker of a site of its own.

    Parameters
    ----------
    dossier : Path
        Folder of the site; the cluster lies in ``pg`` below it.
    port_courriel : int
        Port of the mail server of the test.
    """

    dossier: Path
    port_courriel: int
    port: int = field(default_factory=free_port)
    env: dict[str, str] = field(default_factory=dict)
    semis: dict[str, Any] = field(default_factory=dict)
    processus: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pg(self) -> Path:
        return self.dossier / "pg"

    def build(self) -> None:
        """Make the cluster, the database and its seed; start the processes."""
        self.env = environment(
            self.dossier, self.pg, BASE, self.port,
            PALIER_REPRISE="2", PALIER_COURRIEL=f"smtp://127.0.0.1:{self.port_courriel}?clair=oui",
            PALIER_JOURNAUX="json",
        )  # fmt: skip
        (self.dossier / "static").mkdir()
        self.start_base()
        create_base(self.pg, BASE)
        self.semis = sow(self.env, "pannes")
        self.start("web")
        self.start("ouvrier")
        wait_until_up(self.adresse, self.processus["web"])

    def start_base(self) -> None:
        """Start the cluster as the site does, whatever state it was left in."""
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _RESTART, str(self.dossier)], env=self.env, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, name: str) -> None:
        """Start the web process or the worker, in a group of its own."""
        worker = [sys.executable, "-W", "ignore", "-m", "palier.web.exploitation.ouvrier"]
        command = web_command(self.port) if name == "web" else worker
        log = (self.dossier / f"{name}.log").open("ab")
        self.processus[name] = subprocess.Popen(
            command, env=self.env, cwd=RACINE, stdout=log, stderr=log, start_new_session=True
        )
        log.close()

    def kill(self, name: str) -> None:
        """``kill -9``: a group of processes, or the postmaster and all that it started."""
        if name != "base":
            os.killpg(self.processus[name].pid, signal.SIGKILL)
            self.processus[name].wait()
            return
        postmaster = int((self.pg / "postmaster.pid").read_text().splitlines()[0])
        children = _children(postmaster)
        for pid in (postmaster, *children):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def repair(self, name: str) -> None:
        """Start what was killed, and what did not outlive it."""
        if name == "base":
            self.start_base()
        for other in ("web", "ouvrier"):
            if self.processus[other].poll() is not None:
                self.start(other)

    def query(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read or write as the owner."""
        with psycopg.connect(host=str(self.pg), user="postgres", dbname=BASE, autocommit=True) as connexion:
            cursor = connexion.execute(text, values)  # type: ignore[arg-type]  # our own texts
            return cursor.fetchall() if cursor.description else []

    def ask(self, task: str, queue: str) -> None:
        """Hand a periodic job to the worker, as its hour would."""
        self.query(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            queue, task, json.dumps({"timestamp": 0}), task,
        )  # fmt: skip

    def close(self) -> None:
        """Stop all that was started here."""
        for child in self.processus.values():
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        from palier.web.postgres import embarque

        embarque.stop(self.dossier, mode="immediate")


def wait_for(true: Any, seconds: float, what: str) -> None:
    """Wait until something is true."""
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, what
        time.sleep(0.1)
