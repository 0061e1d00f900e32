"""Fixtures of the tests of the command line."""

from __future__ import annotations

import pytest

from tests.unit.cli.outils import Palier, runner


@pytest.fixture
def palier(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Palier:
    """Run a command in this process, on a screen of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    return runner(capsys)
