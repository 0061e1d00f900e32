"""Tables that the law computes from another one: PLS = PLUS x 1.30."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from palier.base.errors import LoiError, Problem
from palier.base.exact import round_fraction
from palier.law.model import Cellule, Cle, Derive, Fiche, ValeurLegale


def derive_all(fiches: Mapping[str, Fiche]) -> dict[str, Fiche]:
    """Compute the values of the derived files from their source.

    Raises
    ------
    LoiError
        LOI-005 if the source is unknown, or if a computed cell differs from
        the published one.
    """
    problems: list[Problem] = []
    found = dict(fiches)
    for id_, fiche in fiches.items():
        if fiche.derive is None:
            continue
        source = fiches.get(fiche.derive.de)
        if source is None or source.derive is not None or source.dimensions != fiche.dimensions:
            words = f"« {fiche.derive.de} » n'est pas une table de mêmes dimensions."
            problems.append(Problem("LOI-005", id_, words, "Corrigez « derive »."))
            continue
        valeurs = tuple(_times(valeur, fiche, fiche.derive) for valeur in source.valeurs)
        found[id_] = replace(fiche, valeurs=valeurs)
        problems += [p for v in valeurs if not v.hypothese for p in _differences(v, fiche)]
    if problems:
        raise LoiError(problems)
    return found


def multiply(cell: Cellule, derive: Derive) -> int:
    """Multiply one cell and round it once.

    Examples
    --------
    >>> from palier.law.model import Reference
    >>> multiply(20870, Derive("plafonds_plus", Fraction(13, 10), "demi_haut", Reference("")))
    27131
    """
    return round_fraction(Fraction(cell) * derive.fois, derive.arrondi)


def _times(valeur: ValeurLegale, fiche: Fiche, derive: Derive) -> ValeurLegale:
    cells: dict[Cle, Cellule] = {cle: multiply(cell, derive) for cle, cell in (valeur.table or {}).items()}
    return replace(
        valeur,
        id=fiche.id,
        libelle=fiche.libelle,
        unite=fiche.unite,
        table=MappingProxyType(cells),
        reference=derive.reference,
    )


def _differences(valeur: ValeurLegale, fiche: Fiche) -> list[Problem]:
    published = next((p for p in fiche.publie if p.du == valeur.du), None)
    if published is None or published.table is None:
        return []
    return [
        Problem(
            "LOI-005",
            f"{fiche.id}, valeur du {valeur.du.isoformat()}, {', '.join(cle)}",
            f"Le calcul donne {valeur.cell(cle)}, la table publiée dit {cell}.",
            "Vérifiez les deux sur le texte officiel.",
        )
        for cle, cell in published.table.items()
        if valeur.cell(cle) != cell
    ]
