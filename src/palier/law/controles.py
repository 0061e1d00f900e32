"""What every file of the law must satisfy, whatever it says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from palier.base.errors import Problem
from palier.law.model import Cellule, Cle, Fiche, ValeurLegale

_ECART = Fraction(1, 10)
_JOUR = dt.timedelta(days=1)


def check_fiche(fiche: Fiche, origine: str) -> list[Problem]:
    """Find overlaps, holes, jumps, empty tables and broken prolongations.

    Parameters
    ----------
    fiche : Fiche
        The file, read.
    origine : str
        Name shown in messages.

    Returns
    -------
    list of Problem
        LOI-005 for each fault.
    """
    found = [*_periods(fiche), *_jumps(fiche)]
    for valeur in (*fiche.valeurs, *fiche.publie):
        found += _one(valeur)
    return [
        Problem("LOI-005", f"{origine}, valeur du {du.isoformat()}", constat, que_faire)
        for du, constat, que_faire in found
    ]


_Faute = tuple[dt.date, str, str]


def _one(valeur: ValeurLegale) -> Iterator[_Faute]:
    if valeur.au is not None and valeur.au < valeur.du:
        yield valeur.du, "La période finit avant de commencer.", "Corrigez « du » ou « au »."
    if valeur.table is not None and not valeur.table:
        yield valeur.du, "La table est vide.", "Donnez au moins une ligne."
    if valeur.prolonge is not None and valeur.table is not None:
        place = valeur.dimensions.index(valeur.prolonge.dimension)
        others = {(*key[:place], *key[place + 1 :]) for key in valeur.table}
        for other in sorted(others):
            for name in (str(valeur.prolonge.apres), valeur.prolonge.par):
                if (*other[:place], name, *other[place:]) not in valeur.table:
                    words = f"La table se prolonge, mais la ligne « {name} » manque pour {', '.join(other)}."
                    yield valeur.du, words, "Ajoutez la ligne ou retirez « prolonge »."


def _periods(fiche: Fiche) -> Iterator[_Faute]:
    for before, after in pairwise(fiche.valeurs):
        if after.du <= before.du:
            yield after.du, "Les valeurs ne sont pas dans l'ordre du temps.", "Rangez-les par date."
        elif before.au is None or before.au >= after.du:
            yield after.du, "Deux valeurs valent le même jour.", "Fermez la précédente par « au »."
        elif before.au + _JOUR < after.du and after.lacune is None:
            yield after.du, "Une période n'a pas de valeur.", "Comblez-la, ou dites pourquoi par « lacune »."


def _jumps(fiche: Fiche) -> Iterator[_Faute]:
    for before, after in pairwise(fiche.valeurs):
        if after.rupture:
            continue
        old = _numbers(before)
        for cle, new in _numbers(after).items():
            if cle in old and abs(new - old[cle]) > abs(old[cle]) * _ECART:
                words = f"La valeur{' de ' + ', '.join(cle) if cle else ''} change de plus de 10 %."
                yield after.du, words, "Vérifiez le texte ; si le saut est voulu, écrivez « rupture: oui »."


def _numbers(valeur: ValeurLegale) -> dict[Cle, Fraction]:
    cells: dict[Cle, Cellule | None] = {(): valeur.valeur} if valeur.table is None else dict(valeur.table)
    return {cle: Fraction(cell) for cle, cell in cells.items() if isinstance(cell, int | Fraction)}
