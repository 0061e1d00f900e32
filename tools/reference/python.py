"""Public names of each package, drawn from the docstrings by mkdocstrings."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.reference.markdown import page

CHAPEAU = """
Les noms publics de chaque paquet, pour qui appelle Palier depuis Python. Un moteur reçoit des tables et des
règles, rend des tables et des explications ; il n'ouvre aucun fichier et ne lit aucune horloge.
Les textes de cette page sont en anglais, comme dans le code ; les noms du droit restent en français.
"""
SOURCES = Path(__file__).resolve().parents[2] / "src"


def public_names(path: Path) -> list[str]:
    """Return ``__all__`` of a file, read without running it; empty if it has none."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
            return [str(name) for name in ast.literal_eval(node.value)]  # type: ignore[attr-defined]
    return []


def packages() -> dict[str, list[str]]:
    """Return the public names of each package that declares some."""
    found = {}
    for path in sorted((SOURCES / "palier").rglob("__init__.py")):
        if names := public_names(path):
            found[".".join(path.parent.relative_to(SOURCES).parts)] = names
    return found


def render() -> str:
    """Write ``docs/reference/python.md``."""
    parties = []
    for package, names in packages().items():
        members = "\n".join(f"        - {name}" for name in names)
        parties.append(f"## `{package}`\n\n::: {package}\n    options:\n      members:\n{members}\n")
    return page("Bibliothèque Python", CHAPEAU, parties)
