"""The grids that ship with Palier: where they come from, how complete they are."""

from __future__ import annotations

from typing import cast

from palier.base.errors import PalierError
from palier.base.ressources import list_packaged, read_packaged
from palier.base.yamlstrict import Noeud, Table, load_strict
from tools.reference.markdown import page, table

CHAPEAU = """
Les grilles livrées avec Palier. « Partielle » veut dire que le territoire n'a pas tout publié : la grille ne
contient que ce qui a été lu dans une source, et ne peut pas servir à noter pour de bon. Une grille inventée
le dit dans son nom.
"""
FOLDER = "cotation/grilles"


def _text(node: Noeud | None, *path: str) -> str:
    for key in path:
        node = node.get(key) if isinstance(node, Table) else None
    return "" if node is None or isinstance(node, (Table, list)) else str(node)


def _criteres(node: Noeud) -> int:
    """Count criteria: entries of ``criteres`` mappings, and single choices."""
    if not isinstance(node, Table):
        return 0
    here = len(cast(Table, node["criteres"])) if isinstance(node.get("criteres"), Table) else 0
    here += 1 if "cases" in node else 0
    return here + sum(_criteres(child) for key, child in node.items() if key != "criteres")


def render() -> str:
    """Write ``docs/reference/grilles.md``."""
    try:
        names = list_packaged("palier.engines", FOLDER, ".yaml")
    except (FileNotFoundError, ModuleNotFoundError):
        names = []
    rows = []
    for name in names:
        read = load_strict(read_packaged("palier.engines", name), name, "COT")
        if read.racine is None:
            raise PalierError(read.problemes)
        root = read.racine
        rows.append(
            (
                f"`{_text(root, 'id')}`",
                _text(root, "libelle"),
                _text(root, "version", "du"),
                _text(root, "version", "statut"),
                _text(root, "completude"),
                _criteres(root),
                _text(root, "deliberation", "texte"),
            )
        )
    header = ("Grille", "Nom", "À partir du", "Statut", "Complétude", "Critères", "Délibération ou source")
    return page("Grilles livrées", CHAPEAU, [table(header, rows)] if rows else [])
