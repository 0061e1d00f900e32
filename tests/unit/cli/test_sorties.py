"""How a command ends: exit codes, words, no traceback, nothing half written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from palier.base.errors import (
    DisclosureError,
    InfeasibleError,
    LoiError,
    PalierError,
    Problem,
    RefusalError,
    RuleFileError,
    TableError,
    UnprovenResult,
    UsageError,
)
from tests.unit.cli.outils import AU, Palier, contents, csv, grille

ERREURS = {
    UsageError: 2, UnprovenResult: 3, RuleFileError: 10, TableError: 11, LoiError: 12,
    InfeasibleError: 13, DisclosureError: 14, RefusalError: 15, PalierError: 70,
}  # fmt: skip


def noter(palier: Palier, folder: Path) -> Any:
    return palier(
        "cotation",
        "noter",
        csv(folder),
        "--grille",
        grille(folder),
        "--au",
        AU,
        "--sortie",
        folder / "n.parquet",
    )


@pytest.mark.parametrize(("error", "code"), ERREURS.items(), ids=lambda v: getattr(v, "__name__", str(v)))
def test_each_error_has_its_code_and_its_words(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: type[PalierError], code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error([Problem("ABC-001", f"ligne {i}", "Constat.", "Conseil.", "art. 1") for i in (1, 2)])

    monkeypatch.setattr("palier.cli.travaux.score", fail)
    done = noter(palier, tmp_path)
    assert done.code == code
    assert done.err.splitlines() == ["ABC-001 ligne 1 ; ligne 2", "  Constat. Conseil.", "  (art. 1)"]
    assert sorted(contents(tmp_path)) == ["d.csv", "g.yaml"]


def test_many_problems_are_cut(palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TableError([Problem("ABC-001", "x", f"Constat {i}.", "Conseil.") for i in range(50)])

    monkeypatch.setattr("palier.cli.travaux.score", fail)
    done = noter(palier, tmp_path)
    assert done.err.splitlines()[-1] == "… et 10 autres problèmes."
    assert done.err.count("ABC-001") == 40


def test_our_fault_is_said_without_a_traceback_nor_what_the_error_holds(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("MARTIN 0670922010002G6780")

    monkeypatch.setattr("palier.cli.travaux.score", fail)
    done = noter(palier, tmp_path)
    assert done.code == 70
    assert done.err.startswith("INT-001 RuntimeError\n")
    assert "Traceback" not in done.texte
    assert "MARTIN" not in done.texte
    assert sorted(contents(tmp_path)) == ["d.csv", "g.yaml"]
    monkeypatch.setenv("PALIER_TRACE", "1")
    assert "Traceback" in noter(palier, tmp_path).err


@pytest.mark.parametrize("step", ["read_table", "score", "rank_demandes"])
def test_an_interruption_says_so_and_leaves_nothing(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"palier.cli.travaux.{step}", stop)
    done = noter(palier, tmp_path)
    assert (done.code, done.err) == (130, "Interrompu : rien n'a été écrit à moitié.\n")
    assert sorted(contents(tmp_path)) == ["d.csv", "g.yaml"]


def test_an_interruption_outside_a_command_says_the_same(
    palier: Palier, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("palier.cli.application.app", stop)
    done = palier("demo")
    assert (done.code, done.err) == (130, "Interrompu : rien n'a été écrit à moitié.\n")


@pytest.mark.parametrize("failing", [1, 2])
def test_scores_and_queues_are_written_both_or_none(
    palier: Palier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, failing: int
) -> None:
    import palier.formats.ecriture as ecriture

    real, calls = ecriture._write, []

    def write(*args: Any) -> None:
        calls.append(args)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        real(*args)

    monkeypatch.setattr(ecriture, "_write", write)
    done = noter(palier, tmp_path)
    assert done.code == 2
    assert "USG-002" in done.err
    assert sorted(contents(tmp_path)) == ["d.csv", "g.yaml"]


def test_the_program_itself(tmp_path: Path) -> None:
    env = os.environ | {"COLUMNS": "80", "NO_COLOR": "1"}
    run = [sys.executable, "-m", "palier.cli", "loi"]
    wrong = subprocess.run(
        [*run, "montrer", "plafonds_plu"], capture_output=True, text=True, env=env, check=False
    )
    assert wrong.returncode == 12
    assert wrong.stderr.startswith("LOI-001 loi\n")
    assert "plafonds_plus" in wrong.stderr
    piped = f"{sys.executable} -m palier.cli loi montrer | head -1; echo ${{PIPESTATUS[0]}}"
    closed = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, env=env, check=False)
    assert closed.stdout.splitlines()[-1] == "0"
    assert not closed.stderr


def test_the_command_line_opens_no_path_itself(sources: Path) -> None:
    from tests.unit.maison.test_interdits import forbidden

    allowed = {"now", "os", "environ"}  # a door may read the clock, and PALIER_TRACE
    found = [
        f"{path.name}:{line} {name}"
        for path in sorted((sources / "cli").glob("*.py"))
        for line, name in forbidden(path.read_text(encoding="utf-8"))
        if name not in allowed
    ]
    assert not found, "Les chemins donnés par une personne sont ouverts par formats : " + ", ".join(found)
