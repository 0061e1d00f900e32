"""Data of the rules: read once, as plain and frozen objects."""

from __future__ import annotations

from functools import cache
from typing import cast

from palier.base.errors import PalierError
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Liste, Noeud, Table, load_strict

_PACKAGE = "palier.web.apps.offres.rules"


@cache
def load_data(nom: str) -> Table:
    """Read one packaged YAML of the rules.

    Raises
    ------
    PalierError
        OFF-001 to OFF-003 when the YAML is not strict.
    """
    lecture = load_strict(read_packaged(_PACKAGE, f"donnees/{nom}.yaml"), f"{nom}.yaml", "OFF")
    if lecture.racine is None:
        raise PalierError(lecture.problemes)
    return cast(Table, lecture.racine)


def words(node: Noeud | None) -> tuple[str, ...]:
    """Return a list of words, empty if the key is absent."""
    return tuple(str(item) for item in cast(Liste, node or Liste()))


@cache
def number(*path: str) -> int:
    """Return a number of ``parametres.yaml`` by its path."""
    node: Noeud = load_data("parametres")
    for key in path:
        node = cast(Table, node)[key]
    return int(str(node))


@cache
def numbers(nom: str) -> dict[str, int]:
    """Return a table of numbers of ``parametres.yaml``."""
    return {key: int(str(value)) for key, value in cast(Table, load_data("parametres")[nom]).items()}


@cache
def ranges(nom: str) -> dict[str, tuple[int, int]]:
    """Return a table of bounds of ``parametres.yaml``."""
    table = cast(Table, load_data("parametres")[nom])
    return {key: (int(words(value)[0]), int(words(value)[1])) for key, value in table.items()}


@cache
def fields_of(nature: str, sort: str) -> tuple[str, ...]:
    """Return the columns that a nature asks (``requis``), advises (``conseille``), or has no use for."""
    data = load_data("champs")
    both = [cast(Table, data[nom]).get(sort) for nom in ("toutes", nature)]
    return tuple(champ for node in both for champ in words(node))
