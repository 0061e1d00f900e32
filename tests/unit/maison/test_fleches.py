"""The arrows between rooms: kept by the package, and each one able to break."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports


@pytest.fixture(autouse=True)
def _same_path(monkeypatch: pytest.MonkeyPatch, racine: Path) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(racine)


def test_the_package_keeps_its_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


# A toy of the house: same rooms, same contracts, nothing inside.
TOY = [
    "__init__", "base/__init__", "law/__init__", "tables/__init__", "formats/__init__", "synthetic/__init__",
    "web/__init__", "cli/__init__", "engines/__init__", "engines/secret/__init__",
    "engines/simulation/__init__", "engines/commission/__init__", "engines/recherche/__init__",
    "engines/flux/__init__", "engines/flux/model", "engines/cotation/__init__", "engines/cotation/model",
    "engines/cotation/checks", "engines/cotation/compiler", "engines/cotation/run",
    "engines/cotation/explain", "engines/cotation/reference", "engines/cotation/annexe",
    *(f"web/{nom}" for nom in (
        "exploitation", "wsgi", "typage", "settings", "urls", "api", "middleware", "contexte", "limites",
        "erreurs", "saisies", "components", "postgres", "mesures", "reglages", "horloge", "identifiants",
        "portes", "apps/__init__",
        "apps/public/__init__", "apps/offres/__init__", "apps/offres/rules", "apps/offres/models",
        "apps/offres/operations", "apps/offres/views", "apps/parc/__init__", "apps/territoires/__init__",
        "apps/organismes/__init__", "apps/comptes/__init__", "apps/journal/__init__",
    )),
]  # fmt: skip

FAULTS = [
    # contract, module at fault, what it imports
    ("pieces", "base/__init__", "jouet.law"),
    ("pieces", "law/__init__", "jouet.tables"),
    ("pieces", "tables/__init__", "jouet.formats"),
    ("pieces", "formats/__init__", "jouet.engines.cotation"),
    ("pieces", "synthetic/__init__", "jouet.formats"),
    ("pieces", "engines/cotation/run", "jouet.web"),
    ("pieces", "web/__init__", "jouet.cli"),
    ("pieces", "grenier/__init__", "jouet.base"),
    ("moteurs", "engines/secret/__init__", "jouet.engines.flux"),
    ("moteurs", "engines/flux/model", "jouet.engines.cotation.model"),
    ("moteurs", "engines/cotation/run", "jouet.engines.simulation"),
    ("moteurs", "engines/recherche/__init__", "jouet.engines.commission"),
    ("moteurs", "engines/commission/__init__", "jouet.engines.recherche"),
    ("plan", "engines/cotation/model", "jouet.engines.cotation.checks"),
    ("plan", "engines/cotation/checks", "jouet.engines.cotation.compiler"),
    ("plan", "engines/cotation/run", "jouet.engines.cotation.annexe"),
    ("plan", "engines/cotation/run", "jouet.engines.cotation.reference"),
    ("plan", "engines/cotation/reference", "jouet.engines.cotation.explain"),
    ("purete", "engines/cotation/run", "sqlite3"),
    ("purete", "law/__init__", "urllib.request"),
    ("purete", "base/__init__", "rich.console"),
    ("site", "web/horloge", "jouet.web.erreurs"),
    ("site", "web/components", "jouet.web.apps.offres"),
    ("site", "web/grenier", "jouet.web.horloge"),
    ("apps", "web/apps/journal/__init__", "jouet.web.apps.comptes"),
    ("apps", "web/apps/offres/models", "jouet.web.apps.public"),
    ("plan_app", "web/apps/offres/models", "jouet.web.apps.offres.operations"),
    ("plan_app", "web/apps/offres/operations", "jouet.web.apps.offres.views"),
    ("regles_app", "web/apps/offres/rules", "django.db"),
    ("reference", "engines/cotation/reference", "polars"),
    ("reference", "engines/cotation/reference", "jouet.engines.cotation.compiler"),
]


def _build(tmp_path: Path, racine: Path, faults: dict[str, str]) -> str:
    for name in {*TOY, *faults}:
        path = tmp_path / "jouet" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(faults.get(name, ""))
    real = (racine / "pyproject.toml").read_text()
    section = real[real.index("[tool.importlinter]") :]
    tomllib.loads(section)  # the section stands at the end of the file
    config = tmp_path / "pyproject.toml"
    config.write_text(section.replace('"palier', '"jouet'))
    return str(config)


def test_the_toy_keeps_them_too(
    tmp_path: Path, racine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = _build(tmp_path, racine, {})
    monkeypatch.chdir(tmp_path)
    assert lint_imports(config, no_cache=True, no_logo=True) == 0, capsys.readouterr().out


@pytest.mark.parametrize(("contract", "module", "imported"), FAULTS)
def test_each_arrow_can_break(
    contract: str, module: str, imported: str, tmp_path: Path, racine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = _build(tmp_path, racine, {module: f"import {imported}\n"})
    monkeypatch.chdir(tmp_path)
    assert lint_imports(config, limit_to_contracts=(contract,), no_cache=True, no_logo=True) == 1


def test_a_cycle_is_seen(tmp_path: Path, racine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = {
        "engines/flux/model": "import jouet.engines.flux.checks\n",
        "engines/flux/checks": "import jouet.engines.flux.model\n",
    }
    config = _build(tmp_path, racine, faults)
    monkeypatch.chdir(tmp_path)
    assert lint_imports(config, limit_to_contracts=("cycles",), no_cache=True, no_logo=True) == 1
