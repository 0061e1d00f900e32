"""What a grid asks of the law: everything that cannot be had is said at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from palier.base.errors import LoiError, Problem, RuleFileError
from palier.engines.cotation.model.nodes import Grille
from palier.law.model import ValeurLegale
from palier.law.registre import LoiAu

COMMUNES = "epci_communes"
_CONSEIL = "écrivez dans la grille « communes: » et la liste de leurs codes, entre guillemets."


def lire_lois(loi: LoiAu, ids: Iterable[str]) -> dict[str, ValeurLegale]:
    """Read several legal values.

    Raises
    ------
    LoiError
        LOI-001 to LOI-007: the problems of all those that cannot be had.
    """
    found: dict[str, ValeurLegale] = {}
    problems: list[Problem] = []
    for id_ in dict.fromkeys(ids):
        try:
            found[id_] = loi.get(id_)
        except LoiError as error:
            problems += map(_advised, error.problems)
    if problems:
        raise LoiError(problems)
    return found


def _advised(problem: Problem) -> Problem:
    """Say that a grid may name its communes itself."""
    if problem.ou != COMMUNES:
        return problem
    return replace(problem, que_faire=f"{problem.que_faire.rstrip('.')}. Pour s'en passer, {_CONSEIL}")


def territoire_inconnu(grille: Grille) -> RuleFileError:
    """Return the error of a grid whose communes nobody knows: COT-070."""
    words = f"Les communes du territoire {grille.territoire} ne sont pas connues de Palier."
    where = f"{grille.origine}, ligne {grille.ligne('territoire')}"
    return RuleFileError(Problem("COT-070", where, words, f"Vérifiez ce SIREN, ou {_CONSEIL}"))
