"""Small readers of the nodes of a law file, that gather every problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from fractions import Fraction

from palier.base.errors import Problem
from palier.base.exact import parse_exact
from palier.base.periods import parse_date
from palier.base.yamlstrict import Liste, Noeud, Table, Texte

_CORRIGEZ = "Corrigez le fichier de loi."


class Lecteur:
    """Reads typed values out of strict YAML nodes and keeps the problems."""

    def __init__(self, origine: str) -> None:
        self.origine = origine
        self.problemes: list[Problem] = []

    def refuse(self, ligne: int, constat: str, que_faire: str = _CORRIGEZ) -> None:
        """Note a problem, LOI-005, at a line of the file."""
        self.problemes.append(Problem("LOI-005", f"{self.origine}, ligne {ligne}", constat, que_faire))

    def table(
        self, node: Noeud | None, ou: str, connues: AbstractSet[str], requises: AbstractSet[str]
    ) -> Table:
        """Read a mapping whose keys are known; an empty one stands for a bad node."""
        if not isinstance(node, Table):
            self.refuse(getattr(node, "ligne", 1), f"« {ou} » doit être une suite de « clé: valeur ».")
            return empty()
        for cle in node:
            if cle not in connues:
                self.refuse(node.lignes[cle], f"La clé « {cle} » n'existe pas dans « {ou} ».")
        for cle in sorted(requises - node.keys()):
            self.refuse(node.ligne, f"La clé « {cle} » manque dans « {ou} ».")
        return node

    def free_table(self, node: Noeud | None, ou: str) -> Table:
        """Read a mapping with any keys."""
        if isinstance(node, Table):
            return node
        self.refuse(getattr(node, "ligne", 1), f"« {ou} » doit être une suite de « clé: valeur ».")
        return empty()

    def items(self, parent: Table, cle: str) -> list[Noeud]:
        """Read a list, empty if the key is absent."""
        node = parent.get(cle)
        if node is None:
            return []
        if not isinstance(node, Liste):
            self.refuse(parent.lignes[cle], f"« {cle} » doit être une liste.")
            return []
        return list(node)

    def text(self, parent: Table, cle: str) -> str | None:
        """Read a filled text, None if absent."""
        node = parent.get(cle)
        if node is None:
            return None
        if not isinstance(node, Texte) or node.nul or not node.strip():
            self.refuse(parent.lignes[cle], f"« {cle} » doit être un texte rempli.")
            return None
        return " ".join(node.split())

    def date(self, parent: Table, cle: str) -> dt.date | None:
        """Read a date, None if absent."""
        text = self.text(parent, cle)
        if text is None:
            return None
        try:
            return parse_date(text)
        except ValueError:
            self.refuse(parent.lignes[cle], f"« {cle} » n'est pas une date du calendrier.")
            return None

    def flag(self, parent: Table, cle: str, absent: bool) -> bool:
        """Read ``true``/``false`` or ``oui``/``non``."""
        text = self.text(parent, cle)
        if text is None:
            return absent
        if text in ("true", "oui"):
            return True
        if text not in ("false", "non"):
            self.refuse(parent.lignes[cle], f"« {cle} » vaut oui ou non.")
        return False

    def number(self, node: Noeud | None, ligne: int, ou: str) -> Fraction | None:
        """Read an exact number."""
        if isinstance(node, Texte):
            try:
                return parse_exact(node)
            except ValueError:
                pass
        self.refuse(ligne, f"« {ou} » n'est pas un nombre exact.")
        return None

    def integer(self, parent: Table, cle: str) -> int | None:
        """Read a whole number, None if absent."""
        if cle not in parent:
            return None
        value = self.number(parent[cle], parent.lignes[cle], cle)
        if value is not None and value.denominator != 1:
            self.refuse(parent.lignes[cle], f"« {cle} » doit être un nombre entier.")
            return None
        return None if value is None else value.numerator


def empty() -> Table:
    """Make an empty mapping that stands for a bad node."""
    table = Table()
    table.lignes = {}
    return table
