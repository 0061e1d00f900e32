"""Problems made from the documented codes: the page and the message share their words."""

from __future__ import annotations

from functools import cache
from typing import cast

from palier.base.errors import Problem
from palier.base.ressources import read_packaged
from palier.base.yamlstrict import Table, load_strict

AVERTISSEMENTS = frozenset(
    "FMT-022 SNE-011 TAB-048 TAB-056 TAB-066 TAB-073 TAB-074 TAB-075 TAB-076 TAB-077".split()
)


@cache
def _codes(prefixe: str) -> Table:
    name = f"codes/{prefixe.lower()}.yaml"
    return cast(Table, load_strict(read_packaged("palier.base", name), name, "TAB").racine)


def probleme(code: str, ou: str, detail: str = "") -> Problem:
    """Make the problem of a documented code.

    Parameters
    ----------
    code : str
        A code of ``base/codes/*.yaml``; KeyError if it is not documented.
    ou : str
        Where: file, lines, column.
    detail : str
        What is particular to this place, in French. Never a personal value.
    """
    entry = cast(Table, _codes(code.partition("-")[0])[code])
    constat = f"{entry['titre']} {detail}".strip()
    return Problem(code, ou, constat, str(entry["que_faire"]))


def is_avertissement(code: str) -> bool:
    """Tell whether the code is a warning: said, and never a reason to refuse."""
    return code in AVERTISSEMENTS
