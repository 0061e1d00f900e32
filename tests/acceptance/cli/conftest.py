"""A small invented territory, made once, and the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from palier.cli import main
from tests.unit.cli.outils import AU, Palier, runner


@pytest.fixture
def palier(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Palier:
    """Run a command in this process, on a screen of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return runner(capsys)


@pytest.fixture(scope="session")
def territoire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 requests, their events, leases and homes; read only."""
    folder = tmp_path_factory.mktemp("territoire")
    assert main(["territoire", "generer", "--sortie", str(folder), "--au", AU, "--taille", "0.02"]) == 0
    return folder


@pytest.fixture(scope="session")
def notes(territoire: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scores of the territory with the grid of the demonstration; read only."""
    path = tmp_path_factory.mktemp("notes") / "notes.parquet"
    demandes = str(territoire / "demandes.parquet")
    assert (
        main(["cotation", "noter", demandes, "--grille", "demo-ems", "--au", AU, "--sortie", str(path)]) == 0
    )
    return path
