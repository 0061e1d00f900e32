"""The files that a visitor looks for first are there, whole, and agree with each other."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

import palier

LOCKS = ("base.txt", "rapport.txt", "dev.txt")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def _project(racine: Path) -> dict[str, object]:
    return tomllib.loads((racine / "pyproject.toml").read_text(encoding="utf-8"))


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[ ;]", r)[0].lower().replace("_", "-") for r in requirements}


def _lock(racine: Path, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    text = (racine / "requirements" / name).read_text(encoding="utf-8")
    for library, version in REQUIREMENT.findall(text):
        found.setdefault(library, set()).add(version)
    return found


def test_the_licence_is_whole(racine: Path) -> None:
    text = (racine / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(n) for n in re.findall(r"^(\d+)\.", text, re.MULTILINE)] == list(range(1, 16))
    assert "‘Compatible Licences’" in text


def test_the_licence_and_the_version_are_the_same_everywhere(racine: Path) -> None:
    citation = yaml.safe_load((racine / "CITATION.cff").read_text(encoding="utf-8"))
    package = json.loads((racine / "package.json").read_text(encoding="utf-8"))
    assert citation["version"] == palier.__version__
    assert citation["license"] == package["license"] == "EUPL-1.2"


def test_each_dependency_says_why(racine: Path) -> None:
    text = (racine / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    lines = [line for line in section.splitlines() if line.startswith('  "')]
    assert len(lines) > 20
    assert not [line for line in lines if not re.search(r",\s+# \S+ \S+", line)]


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_address(racine: Path, name: str) -> None:
    text = (racine / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links|constraints?\.txt", text)
    blocks = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    assert all("--hash=sha256:" in block for block in blocks)


def test_locks_cover_the_declared_dependencies(racine: Path) -> None:
    project = _project(racine)["project"]
    assert isinstance(project, dict)
    base, rapport, dev = (_lock(racine, name) for name in LOCKS)
    assert _names(project["dependencies"]) <= base.keys()
    assert _names(project["optional-dependencies"]["rapport"]) <= rapport.keys()
    groups = _project(racine)["dependency-groups"]
    assert isinstance(groups, dict)
    assert _names([*groups["dev"], *groups["docs"]]) <= dev.keys()


def test_locks_agree(racine: Path) -> None:
    base, rapport, dev = (_lock(racine, name) for name in LOCKS)
    assert all(rapport[library] == versions for library, versions in base.items())
    assert all(dev[library] == versions for library, versions in rapport.items())


def test_the_npm_lock_has_hashes_and_no_address(racine: Path) -> None:
    lock = json.loads((racine / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry, name


def test_no_test_leaves_itself_out(racine: Path) -> None:
    """What is missing is a failure that says what to install; only the long numbers wait for their verb."""
    pattern = re.compile(r"pytest\.(skip|importorskip|xfail)\b|mark\.(skip|skipif|xfail)\b")
    found = {
        str(path.relative_to(racine)): len(pattern.findall(path.read_text(encoding="utf-8")))
        for path in (racine / "tests").rglob("*.py")
        if path != Path(__file__)
    }
    assert {name: count for name, count in found.items() if count} == {"tests/conftest.py": 1}


def test_every_verb_of_the_makefile_says_what_it_does(racine: Path) -> None:
    text = (racine / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    helped = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert helped == set(phony[1].split())


def test_nothing_names_a_machine(racine: Path) -> None:
    """No file of the house tells on which machine it was written."""
    pattern = re.compile(r"(?<![\w.~*-])/(home|root|work)/\w")
    written = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".json", ".sh", ".cff", ".po", ".ipynb"}
    folders = ("src", "docs", "tools", "tests", "requirements")
    paths = [path for folder in folders for path in (racine / folder).rglob("*")]
    paths = [path for path in paths if "dist" not in path.parts]  # what the front-end build makes
    paths += [*racine.iterdir(), racine / ".ci" / "run", *(racine / "bench").glob("*")]
    found = [
        str(path.relative_to(racine))
        for path in paths
        if path.is_file() and path.suffix in written and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert not found
