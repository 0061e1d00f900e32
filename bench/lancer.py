"""Start contestants one after the other, each a whole process with its own accounts."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RACINE = Path(__file__).parents[1]
PYTHON = {"palier": sys.executable, "pairs": str(RACINE / "bench" / ".venv-pairs" / "bin" / "python")}


@dataclass(frozen=True)
class Course:
    """One run of one contestant.

    ``cpu`` and ``memoire`` are those of the work, once its input is loaded [s,
    MB]; ``entier`` is the processor time of the whole process [s] and
    ``sommet`` its peak [MB].
    """

    cpu: float
    mur: float
    memoire: int
    lignes: int
    entier: float
    sommet: int
    dit: dict[str, Any]

    @property
    def par_ligne(self) -> float:
        """Processor time per row [µs]."""
        return self.cpu / self.lignes * 1e6


def run_command(command: list[str]) -> tuple[float, float, int, str]:
    """Run a program: processor time [s], elapsed time [s], peak memory [MB], what it printed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=RACINE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    said, errors = process.stdout.read(), process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\n{errors}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss // 1024, said


def run(nom: str, *args: object, venv: str = "palier") -> Course:
    """Run one contestant once."""
    command = [PYTHON[venv], "-m", f"bench.concurrents.{nom}", *(str(a) for a in args)]
    entier, _, sommet, said = run_command(command)
    dit = json.loads(said.strip().splitlines()[-1])
    return Course(dit["cpu"], dit["mur"], dit["memoire"], dit["lignes"], entier, sommet, dit)


Appel = tuple[str, tuple[object, ...], str]


def interleave(fois: int, *appels: Appel) -> list[list[Course]]:
    """Run contestants in turn, A B A B: one list of runs per contestant."""
    runs: list[list[Course]] = [[] for _ in appels]
    for _ in range(fois):
        for place, (nom, args, venv) in enumerate(appels):
            runs[place].append(run(nom, *args, venv=venv))
    return runs


def median_pair(ours: list[Course], theirs: list[Course], key: str = "cpu") -> tuple[Course, Course]:
    """Return the turn whose ratio is the median one: the figures quoted come from one same turn."""
    pairs = list(zip(ours, theirs, strict=True))
    ratios = [getattr(a, key) / getattr(b, key) for a, b in pairs]
    middle = statistics.median_low(ratios)
    return pairs[ratios.index(middle)]
