"""From nothing to a first answer: the command, the embedded server, the schema, the places, the site."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

PORT = 8944


def measure(dossier: Path, lieux: Path) -> dict[str, float]:
    """Return seconds: base and schema made, first answer after that, and once more with all in place."""
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    dossier.chmod(0o755)  # the embedded server runs as another user when we are root
    env = os.environ | {"PALIER_MODE": "essai", "PALIER_DONNEES": str(dossier)}
    found = {}
    start = time.perf_counter()
    _palier(env, "site", "migrer")
    found["base et schéma, sans les lieux"] = time.perf_counter() - start
    found["départ à froid (base neuve, première réponse)"] = found[
        "base et schéma, sans les lieux"
    ] + _first_answer(env)
    found["départ à chaud (base en marche)"] = _first_answer(env)
    if lieux.is_dir():
        shutil.copytree(lieux, dossier / "territoires")
        start = time.perf_counter()
        _palier(env, "site", "migrer")
        found["lieux chargés, une fois (communes, contours, mairies)"] = time.perf_counter() - start
        found["départ à chaud, lieux compris"] = _first_answer(env)
    from palier.web.postgres import embarque

    embarque.stop(dossier)
    return found


def _palier(env: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "-m", "palier.cli", *words], env=env, check=True, capture_output=True)


def _first_answer(env: dict[str, str]) -> float:
    """Serve, wait for ``/sante`` to answer, stop; return the wait [s]."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "palier.cli", "site", "servir", "--port", str(PORT), "--sans-ouvrier"],
        env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while time.perf_counter() - start < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/sante", timeout=5) as answer:
                    answer.read()
                return time.perf_counter() - start
            except OSError:
                time.sleep(0.02)
        raise SystemExit("le site n'a pas répondu en une minute")
    finally:
        os.killpg(child.pid, signal.SIGTERM)
        child.wait(30)
