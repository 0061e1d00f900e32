"""Grids that ship with Palier: published ones as far as they are public, and invented ones."""

from __future__ import annotations

import difflib

from palier.base.errors import Problem, RuleFileError
from palier.base.ressources import list_packaged, read_packaged

_PACKAGE = "palier.engines.cotation"
_FOLDER = "grilles"
_SUFFIX = ".yaml"


def list_grilles() -> tuple[str, ...]:
    """List the names of the shipped grids, in alphabetical order.

    Examples
    --------
    >>> "wallonie" in list_grilles()
    True
    """
    names = list_packaged(_PACKAGE, _FOLDER, _SUFFIX)
    return tuple(sorted(name.removeprefix(f"{_FOLDER}/").removesuffix(_SUFFIX) for name in names))


def read_grille(nom: str) -> str:
    """Return the text of a shipped grid.

    Parameters
    ----------
    nom : str
        Name of the list, without suffix: ``toulouse``.

    Raises
    ------
    RuleFileError
        COT-062 if no shipped grid has this name.
    """
    known = list_grilles()
    if nom not in known:
        close = difflib.get_close_matches(nom, known, n=1, cutoff=0.5)
        hint = f"Vouliez-vous dire « {close[0]} » ?" if close else f"Grilles livrées : {', '.join(known)}."
        raise RuleFileError(Problem("COT-062", nom, "Aucune grille livrée ne porte ce nom.", hint))
    return read_packaged(_PACKAGE, f"{_FOLDER}/{nom}{_SUFFIX}")
