"""Each domain of the command line is loaded when it is called, and only then."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command

from palier.cli import app
from palier.cli.domaines import DOMAINES, Modules

LOURDS = "numpy lxml xlsxwriter fastexcel matplotlib docx typer.rich_utils django".split()


def loaded(code: str) -> set[str]:
    """Modules that a fresh Python holds after some code."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.split())


def test_importing_loads_neither_the_engine_nor_the_libraries_of_other_formats() -> None:
    modules = loaded("import palier.cli.application, palier.cli.demandes")
    assert "palier.formats.importation" in modules
    assert not modules & {*LOURDS, "palier.engines.cotation.run", "palier.synthetic", "palier.law"}


def test_scoring_loads_neither_what_draws_nor_what_invents() -> None:
    modules = loaded("import palier.cli.application, palier.cli.cotation")
    assert "palier.engines.cotation.run" in modules
    others = {
        "palier.formats.graphiques",
        "palier.engines.cotation.attente",
        "palier.engines.cotation.annexe",
    }
    assert not modules & {*LOURDS, *others, "palier.synthetic"}


def test_the_root_names_its_domains_without_loading_them() -> None:
    modules = loaded(
        "from typer.main import get_command\nfrom palier.cli import app\nlist(get_command(app).commands)"
    )
    assert not any(f"palier.cli.{nom}" in modules for nom in DOMAINES)


@pytest.mark.parametrize("nom", DOMAINES)
def test_a_domain_is_called_by_its_name(nom: str) -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert commands[nom].name == nom
    assert commands[nom] is commands[nom]
    assert hasattr(commands[nom], "commands") == (nom != "demo")


def test_commands_by_name_are_a_mapping() -> None:
    modules = Modules(("loi", "site"))
    assert (list(modules), len(modules), "loi" in modules) == (["loi", "site"], 2, True)
    with pytest.raises(KeyError):
        modules["zzz"]
    modules["zzz"] = modules["loi"]
    del modules["site"]
    assert list(modules) == ["loi", "zzz"]
