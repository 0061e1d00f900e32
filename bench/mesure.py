"""What each contestant says of itself: processor time and memory, before and after.

Standard library and numpy only: it is also imported in the venv of the
neighbours.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import time
from pathlib import Path
from typing import Any

import numpy as np


def cpu() -> float:
    """Processor time of this process, user and system, all threads [s]."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory(key: str) -> int:
    """Resident memory now (``VmRSS``) or at its peak (``VmHWM``) [MB]."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) // 1024
    return 0


class Mesure:
    """Times one piece of work inside a process; the parent times the whole process."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Everything needed is loaded: what follows is measured."""
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")  # the peak of the loading is not that of the work
        self.memory, self.cpu, self.wall = memory("VmRSS"), cpu(), time.perf_counter()

    def stop(self) -> None:
        """The result is in memory, or written."""
        self.wall = time.perf_counter() - self.wall
        self.cpu = cpu() - self.cpu
        self.extra = memory("VmHWM") - self.memory

    def say(self, lignes: int, **others: Any) -> None:
        """Print what was measured as one line of JSON."""
        print(
            json.dumps({"cpu": self.cpu, "mur": self.wall, "memoire": self.extra, "lignes": lignes, **others})
        )


class Empreinte:
    """Digest of columns, the same in every engine: values, nulls and their places all count."""

    def __init__(self, n: int) -> None:
        self.weights = (np.arange(n, dtype=np.uint64) * np.uint64(2654435761)) % np.uint64(
            1 << 32
        ) | np.uint64(1)
        self.parts: list[str] = []

    def add(self, nom: str, values: np.ndarray, known: np.ndarray | None = None) -> None:
        """Add one column: integers, and which of them are known (all by default)."""
        shifted = values.astype(np.int64).view(np.uint64) + np.uint64(1000)
        weights = self.weights if known is None else np.where(known, self.weights, np.uint64(0))
        self.parts.append(
            f"{nom}:{int((shifted * weights).sum(dtype=np.uint64))}:{int(weights.sum(dtype=np.uint64))}"
        )

    def text(self) -> str:
        """Return the digest of all columns added."""
        return hashlib.sha256("\n".join(self.parts).encode()).hexdigest()[:16]
