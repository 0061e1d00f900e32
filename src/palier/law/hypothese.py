"""What-if: a file of the law with another content over a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

from palier.base.errors import LoiError, Problem
from palier.base.exact import parse_exact
from palier.law.model import Cellule, Cle, Fiche, Reference, ValeurLegale, exact

Table: TypeAlias = "Mapping[str, Cellule | Table]"
Contenu: TypeAlias = "Cellule | Table | Mapping[Cle, Cellule]"

_REFERENCE = Reference("hypothèse, sans texte")


def with_hypothesis(fiche: Fiche, du: dt.date, contenu: Contenu) -> Fiche:
    """Return the file with a supposed content from a day on.

    The content lasts until the value in force on that day ends; without one,
    until the next value starts.

    Raises
    ------
    LoiError
        LOI-005 if the content has not the shape of the table, or is a float.
    """
    model = next((v for v in reversed(fiche.valeurs) if v.du <= du), fiche.valeurs[0])
    valeur, table = _content(fiche, model, contenu)
    eve = du - dt.timedelta(days=1)
    in_force = model.du <= du and (model.au is None or du <= model.au)
    later = next((v.du for v in fiche.valeurs if v.du > du), None)
    au = model.au if in_force else (later and later - dt.timedelta(days=1))
    supposed = replace(
        model,
        du=du,
        au=au,
        valeur=valeur,
        table=table,
        reference=_REFERENCE,
        verifie=False,
        details=MappingProxyType({}),
        rupture=True,
        lacune=None,
        hypothese=True,
    )
    kept = [replace(v, au=eve) if in_force and v is model else v for v in fiche.valeurs if v.du != du]
    return replace(fiche, valeurs=tuple(sorted([*kept, supposed], key=lambda v: v.du)))


def _content(
    fiche: Fiche, model: ValeurLegale, contenu: Contenu
) -> tuple[Fraction | str | None, Mapping[Cle, Cellule] | None]:
    if model.table is None:
        if isinstance(contenu, Mapping):
            raise _refused(fiche, "une valeur seule est attendue, pas une table")
        if isinstance(model.valeur, str):
            return str(contenu), None
        return Fraction(_number(fiche, contenu)), None
    if not isinstance(contenu, Mapping):
        raise _refused(fiche, f"une table par {' x '.join(fiche.dimensions)} est attendue")
    textual = any(isinstance(cell, str) for cell in model.table.values())
    cells: dict[Cle, Cellule] = {}
    for cle, cell in _flat(contenu, ()):
        if len(cle) != len(fiche.dimensions):
            raise _refused(fiche, f"la clé {', '.join(cle)} n'a pas {len(fiche.dimensions)} parties")
        cells[cle] = str(cell) if textual else _number(fiche, cell)
    if not cells:
        raise _refused(fiche, "la table est vide")
    return None, MappingProxyType(cells)


def _flat(contenu: Mapping[Any, Any], prefixe: Cle) -> Iterator[tuple[Cle, object]]:
    for name, node in contenu.items():
        parts = name if isinstance(name, tuple) else (name,)
        cle = (*prefixe, *(str(part) for part in parts))
        if isinstance(node, Mapping):
            yield from _flat(node, cle)
        else:
            yield cle, node


def _number(fiche: Fiche, value: object) -> int | Fraction:
    if isinstance(value, str):
        try:
            return exact(parse_exact(value))
        except ValueError:
            raise _refused(fiche, "un nombre est illisible") from None
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise _refused(fiche, "un nombre exact est attendu (entier, fraction ou texte), pas un flottant")
    return exact(Fraction(value))


def _refused(fiche: Fiche, constat: str) -> LoiError:
    words = f"L'hypothèse ne convient pas : {constat}."
    return LoiError(Problem("LOI-005", fiche.id, words, "Donnez un contenu de la même forme que la loi."))
