"""Codes of the State's exchange format, from a sourced table with its degree of certainty."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Table, Texte, load_strict


@dataclass(frozen=True, slots=True)
class CodeSne:
    """One code: what it becomes in the registry (None: nothing), and how sure that is."""

    vers: str | None
    libelle: str
    verifie: bool
    source: str


@cache
def codes_sne() -> dict[str, dict[str, CodeSne]]:
    """Return the codes of each element."""
    name = "donnees/sne_codes.yaml"
    root = cast(Table, load_strict(read_packaged("palier.formats", name), name, "TAB").racine)
    found: dict[str, dict[str, CodeSne]] = {}
    for element, node in root.items():
        if element == "sources":
            continue
        found[element] = {}
        for code, raw in cast(Table, node).items():
            entry = cast(dict[str, Texte], raw)
            found[element][code] = CodeSne(
                None if entry["vers"].nul else str(entry["vers"]),
                str(entry["libelle"]),
                entry["verifie"] == "true",
                str(entry["source"]),
            )
    return found
