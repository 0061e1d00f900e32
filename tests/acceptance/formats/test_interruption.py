"""Killed in the middle, an import leaves nothing under the final name, and the old file stays."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from palier import formats
from tests.unit.formats.outils import AU, BASE, csv_rows, other

LINES = 60_000
PROGRAM = """
import datetime as dt, sys
from palier import formats

def progress(done):
    print(done, flush=True)

print("pret", flush=True)
formats.import_table(sys.argv[1], sys.argv[2], au=dt.date(2026, 11, 24), progress=progress)
print("fini", flush=True)
"""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gros") / "d.csv"
    body = csv_rows([other(i) for i in range(LINES)])
    path.write_text(body, encoding="utf-8")
    return path


def _start(source: Path, out: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(source), str(out)], stdout=subprocess.PIPE, text=True
    )


def _kill(child: subprocess.Popen[str]) -> bool:
    """Kill a child; tell whether it was still at work."""
    working = child.poll() is None
    child.kill()  # nothing, if it has ended
    rest = child.communicate()[0]
    return working and "fini" not in rest


def _interrupt(big: Path, folder: Path, times: int) -> int:
    """Kill imports at different moments, by time and by bytes read; return those caught at work."""
    out = folder / "s.parquet"
    caught = 0
    for turn in range(times):
        child = _start(big, out)
        assert child.stdout is not None
        assert child.stdout.readline() == "pret\n"
        if turn % 2:
            child.stdout.readline()  # a first batch has been read and given to the writer
        time.sleep(0.02 * (turn % 5))
        caught += _kill(child)
        if out.exists():  # it had finished: then the file is whole
            assert pl.read_parquet(out).height == LINES
            out.unlink()
    return caught


def test_killed_in_the_middle(big: Path, tmp_path: Path) -> None:
    assert _interrupt(big, tmp_path, 5) >= 3
    assert not list(tmp_path.iterdir())  # not even a piece beside, on a system with nameless files


def test_the_old_file_stays(big: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.parquet"
    out.write_bytes(b"ancien")
    child = _start(big, out)
    assert child.stdout is not None
    assert child.stdout.readline() == "pret\n"
    assert _kill(child)
    assert out.read_bytes() == b"ancien"


def test_left_alone_it_ends(tmp_path: Path) -> None:
    source, out = tmp_path / "d.csv", tmp_path / "s.parquet"
    source.write_text(csv_rows([BASE]), encoding="utf-8")
    child = _start(source, out)
    assert "fini" in child.communicate()[0]
    assert child.returncode == 0
    assert formats.read_table(out, au=AU).table.height == 1


@pytest.mark.epreuve
def test_killed_two_hundred_times(
    big: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    caught = _interrupt(big, tmp_path, 200)
    record_property("épreuve", ("lectures tuées en cours d'écriture, sur 200 essais", str(caught)))
    assert caught >= 100
