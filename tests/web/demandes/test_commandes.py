"""The doors of the command line: load, score, pass deadlines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from palier.cli import main
from palier.formats import write_table
from palier.web.apps.demandes.models import Demande
from palier.web.exploitation import demandes as site
from palier.web.postgres.perimetre import perimetre
from tests.web.demandes.outils import TERRITOIRE, invente
from tests.web.personnel import creer_organisme

pytestmark = pytest.mark.django_db
AU = ["--au", "2026-11-24"]


@pytest.fixture
def demandes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of requests with its events beside it; the site is ready already."""
    monkeypatch.setattr(site, "prepare", lambda: None)
    path = tmp_path / "demandes.parquet"
    write_table(invente().demandes, path)
    write_table(invente().evenements, tmp_path / "demandes.evenements.parquet", table="evenements")
    return path


def _charge(path: Path, *more: str) -> int:
    return main(["demandes", "charger", str(path), "--territoire", TERRITOIRE, *more, *AU])


def test_charger_coter_et_passer_les_echeances(demandes: Path, capsys: Any) -> None:
    owner = creer_organisme()
    assert _charge(demandes, "--organisme", owner.siren) == 0
    said = capsys.readouterr().out
    assert f"Demandes lues : {invente().demandes.height}." in said
    assert "Table evenements" in said
    assert main(["demandes", "coter", TERRITOIRE, *AU]) == 15
    assert "DEM-032" in capsys.readouterr().err
    assert main(["demandes", "coter", TERRITOIRE, "--grille", "demo-ems", *AU]) == 0
    assert "Grille adoptée : demo-ems@2026-01-01." in capsys.readouterr().out
    assert main(["demandes", "echeances", TERRITOIRE, *AU]) == 0
    assert "Rien n'a été changé" in capsys.readouterr().out
    assert main(["demandes", "echeances", TERRITOIRE, "--appliquer", *AU]) == 0
    with perimetre(organismes=[owner.pk]):
        assert Demande.objects.count() == invente().demandes.height


def test_un_organisme_inconnu_est_dit(demandes: Path, capsys: Any) -> None:
    assert _charge(demandes, "--organisme", "123", "--organisme", "456") == 2
    assert "DEM-007 --organisme 123 ; --organisme 456" in capsys.readouterr().err


def test_un_mauvais_fichier_n_ecrit_rien(demandes: Path, tmp_path: Path, capsys: Any) -> None:
    owner = creer_organisme()
    bad = tmp_path / "mauvais.csv"
    bad.write_text("numero unique;date de depot\n0123;demain\n", encoding="utf-8")
    assert _charge(bad, "--organisme", owner.siren) == 11
    said = capsys.readouterr().err
    assert "rien n'a été écrit" in said
    with perimetre(organismes=[owner.pk]):
        assert Demande.objects.count() == 0
