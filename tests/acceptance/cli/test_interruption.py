"""Killed when both files are whole but not yet named, a score leaves not a byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.unit.cli.outils import AU, contents, csv, grille

PROGRAM = """
import sys, time
import palier.formats.chemins as chemins
from palier.cli import main

def publish(written, target):
    print(written.stat().st_size, flush=True)
    time.sleep(60)

chemins._publish = publish
main(sys.argv[1:])
"""


def test_a_killed_score_leaves_nothing(tmp_path: Path) -> None:
    line = ["cotation", "noter", csv(tmp_path), "--grille", grille(tmp_path), "--au", AU,
            "--sortie", tmp_path / "n.parquet"]  # fmt: skip
    before = contents(tmp_path)
    command = [sys.executable, "-c", PROGRAM, *map(str, line)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        written = int(child.stdout.readline())
        os.kill(child.pid, signal.SIGKILL)
    assert written > 500
    assert contents(tmp_path) == before
