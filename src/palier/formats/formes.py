"""Forms of a code: the code, the label that Palier shows, and declared synonyms."""

from __future__ import annotations

from functools import cache
from typing import cast

from palier.base import mots
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Liste, Table, load_strict
from palier.formats.entetes import key
from palier.tables.registre import Colonne


@cache
def _forms() -> Table:
    name = "donnees/codes.yaml"
    return cast(Table, load_strict(read_packaged("palier.formats", name), name, "TAB").racine)


@cache
def inconnues() -> frozenset[str]:
    """Words that say that the answer is unknown, outside free text."""
    return frozenset(key(str(word)) for word in cast(Liste, _forms()["inconnu"]))


@cache
def booleens() -> dict[str, bool]:
    """Words of a yes or a no; an empty cell is neither."""
    table = cast(Table, _forms()["booleen"])
    yes, no = (cast(Liste, table[word]) for word in ("vrai", "faux"))
    return {key(str(w)): True for w in yes} | {key(str(w)): False for w in no}


@cache
def _codes(nom: str, nomenclature: str, codes: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    declared = cast(Table, cast(Table, _forms()["codes"]).get(nomenclature, Table()))
    for code in codes:
        forms = [code, *map(str, cast(Liste, declared.get(code, Liste())))]
        for owner in (nom, nomenclature):
            if mots.has(f"code.{owner}.{code}"):
                forms.append(mots.word(f"code.{owner}.{code}"))
        for form in forms:
            found.setdefault(key(form), set()).add(code)
    exact = {key(code): code for code in codes}
    return {form: next(iter(owners)) for form, owners in found.items() if len(owners) == 1} | exact


def codes_of(colonne: Colonne) -> dict[str, str]:
    """Return the code of each accepted form, reduced to its words.

    A form claimed by two codes is left out: it is refused, never guessed.
    """
    return _codes(colonne.nom, colonne.nomenclature, colonne.codes)
