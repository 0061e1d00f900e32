"""Reading helpers of the rules of a commission: every problem with its line, none alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from fractions import Fraction

from palier.base.errors import Problem, RuleFileError
from palier.base.exact import parse_exact
from palier.base.periods import parse_date
from palier.base.yamlstrict import Liste, Noeud, Table, Texte, load_strict

_NOMS: dict[type, str] = {Texte: "un mot", Liste: "une liste", Table: "un bloc « nom: valeur »"}


class Lecteur:
    """Collects problems while a file is taken apart; ``origine`` names it in messages."""

    def __init__(self, origine: str) -> None:
        self.origine = origine
        self.problemes: list[Problem] = []

    def root(self, texte: str) -> Table:
        """Read the text strictly; COM-001 to COM-003 stop at once."""
        lecture = load_strict(texte, self.origine, "COM")
        if lecture.racine is None:
            raise RuleFileError(lecture.problemes)
        return self._table(lecture.racine, "le fichier")

    def stop(self) -> None:
        """Raise every problem found so far, if there is one."""
        if self.problemes:
            raise RuleFileError(self.problemes)

    def refuse(
        self, code: str, ligne: int, constat: str, que_faire: str, reference: str | None = None
    ) -> None:
        """Add one problem."""
        place = f"{self.origine}, ligne {ligne}"
        self.problemes.append(Problem(code, place, constat, que_faire, reference))

    def keys(self, table: Table, ou: str, connues: Collection[str], requises: Iterable[str] = ()) -> None:
        """Refuse unknown keys (COM-004) and say which are missing (COM-005)."""
        for cle in table:
            if cle not in connues:
                words = f"« {cle}: » n'est pas prévu dans {ou}."
                self.refuse("COM-004", table.lignes[cle], words, f"On peut y écrire : {', '.join(connues)}.")
        for cle in requises:
            if cle not in table:
                words = f"Il manque « {cle} » dans {ou}."
                self.refuse("COM-005", table.ligne, words, f"Ajoutez une ligne « {cle}: … ».")

    def table(self, parent: Table, cle: str) -> Table:
        """Return a block, empty if absent."""
        return self._table(parent[cle], cle) if cle in parent else _empty(parent.ligne)

    def items(self, parent: Table, cle: str) -> list[Noeud]:
        """Return the items of a list; one word is a list of one."""
        node = parent.get(cle)
        if isinstance(node, Texte):
            return [] if node.nul else [node]
        if node is None or isinstance(node, Liste):
            return list(node or ())
        self._wrong(node, cle, Liste)
        return []

    def blocks(self, parent: Table, cle: str) -> list[Table]:
        """Return the items of a list of blocks."""
        return [self._table(node, cle) for node in self.items(parent, cle)]

    def texts(self, parent: Table, cle: str) -> tuple[str, ...]:
        """Return a list of words."""
        return tuple(
            str(n) if isinstance(n, Texte) else self._wrong(n, cle, Texte) for n in self.items(parent, cle)
        )

    def text(self, parent: Table, cle: str) -> str | None:
        """Return a word, None if absent or empty."""
        node = parent.get(cle)
        if node is None:
            return None
        if not isinstance(node, Texte):
            return self._wrong(node, cle, Texte) or None
        return None if node.nul or not node.strip() else str(node)

    def choice(self, parent: Table, cle: str, admis: Collection[str], defaut: str) -> str:
        """Return a word of a closed list."""
        found = self.text(parent, cle)
        if found is not None and found not in admis:
            self.value(parent, cle, f"Choisissez : {', '.join(admis)}.")
            return defaut
        return found or defaut

    def flag(self, parent: Table, cle: str, defaut: bool = False) -> bool:
        """Return ``oui`` or ``non`` as a boolean."""
        return self.choice(parent, cle, ("oui", "non"), "oui" if defaut else "non") == "oui"

    def number(self, parent: Table, cle: str, bas: int, haut: int) -> Fraction | None:
        """Return an exact number between two bounds, None if absent."""
        found = self.text(parent, cle)
        if found is None:
            return None
        try:
            value = parse_exact(found)
        except ValueError:
            value = Fraction(bas - 1)
        if not bas <= value <= haut:
            self.value(parent, cle, f"Écrivez un nombre de {bas} à {haut}, sans unité.")
            return None
        return value

    def integer(self, parent: Table, cle: str, bas: int, haut: int) -> int | None:
        """Return a whole number between two bounds, None if absent."""
        value = self.number(parent, cle, bas, haut)
        if value is None or value.denominator == 1:
            return None if value is None else value.numerator
        self.value(parent, cle, "Écrivez un nombre entier.")
        return None

    def date(self, parent: Table, cle: str) -> dt.date | None:
        """Return a date, None if absent."""
        found = self.text(parent, cle)
        try:
            return None if found is None else parse_date(found)
        except ValueError:
            self.value(parent, cle, "Écrivez AAAA-MM-JJ.")
            return None

    def value(self, parent: Table, cle: str, que_faire: str) -> None:
        """Refuse a value (COM-006)."""
        words = f"« {str(parent[cle])[:40]} » n'est pas admis pour « {cle} »."
        self.refuse("COM-006", parent.lignes[cle], words, que_faire)

    def _table(self, node: Noeud, ou: str) -> Table:
        if isinstance(node, Table):
            return node
        self._wrong(node, ou, Table)
        return _empty(node.ligne)

    def _wrong(self, node: Noeud, ou: str, attendu: type) -> str:
        words = f"{ou} devrait être {_NOMS[attendu]}."
        self.refuse("COM-006", node.ligne, words, f"Vous avez écrit {_NOMS[type(node)]}.")
        return ""


def _empty(ligne: int) -> Table:
    made = Table()
    made.ligne, made.lignes = ligne, {}
    return made
