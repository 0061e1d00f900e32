"""A published grid, read and proved again: what a public page shows of it, without Django."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from palier.base.errors import InputError, LoiError, Problem
from palier.base.explanation import Explanation
from palier.engines.cotation.checks import check_grille
from palier.engines.cotation.examples import read_exemple, run_examples
from palier.engines.cotation.explain import explain
from palier.engines.cotation.model import Grille, parse_grille
from palier.engines.cotation.reference import Regle, prepare, score_row
from palier.law import load


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``palier cotation verifier`` finds in a grid.

    Parameters
    ----------
    erreurs, avertissements : tuple of Problem
        Problems that forbid its use, and what deserves a look.
    exemples : int
        Worked examples that were scored and compared.
    loi_non_verifiee : tuple of str
        Names of the legal values that it reads and that nobody has checked on their source.
    """

    erreurs: tuple[Problem, ...]
    avertissements: tuple[Problem, ...]
    exemples: int
    loi_non_verifiee: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExempleCalcule:
    """One worked example of the grid, scored by the reference engine."""

    rang: int
    nom: str
    au: dt.date
    total: int | None
    explication: Explanation


@lru_cache(maxsize=32)
def read(texte: str, origine: str) -> Grille:
    """Read a published grid; its text never changes, so it is read once."""
    return parse_grille(texte, origine)


@lru_cache(maxsize=32)
def rule_of(texte: str, origine: str, au: dt.date) -> Regle:
    """Make a published grid ready to judge requests on a day, unchecked law let through and marked."""
    return prepare(read(texte, origine), load().at(au, non_verifie=True))


@lru_cache(maxsize=32)
def verify(texte: str, origine: str, au: dt.date) -> Verification:
    """Check a published grid: form, sense, worked examples.

    The law is that of the first day of the grid; where Palier no longer knows it, that of ``au``.
    """
    grille = read(texte, origine)
    try:
        return _verify(grille, texte, origine, grille.du)
    except LoiError:
        return _verify(grille, texte, origine, au)


def _verify(grille: Grille, texte: str, origine: str, jour: dt.date) -> Verification:
    loi = load().at(jour, non_verifie=True)
    verdict = check_grille(grille, loi)
    errors = tuple(verdict.erreurs) or run_examples(grille, loi)
    values = rule_of(texte, origine, jour).droit.valeurs.values()
    unsure = tuple(sorted(value.libelle for value in values if not value.verifie))
    return Verification(errors, tuple(verdict.avertissements), len(grille.exemples), unsure)


@lru_cache(maxsize=64)
def example(texte: str, origine: str, rang: int, langue: str) -> ExempleCalcule | None:
    """Score one worked example of a grid; None if it has no such example, or none that can be scored."""
    grille = read(texte, origine)
    if not 0 <= rang < len(grille.exemples):
        return None
    exemple = grille.exemples[rang]
    try:
        row, events = read_exemple(exemple, origine)
        regle = rule_of(texte, origine, exemple.au)
        line = score_row(regle, row, exemple.au, events)
    except InputError:
        return None
    return ExempleCalcule(rang, exemple.nom, exemple.au, line.total, explain(regle, line, langue))
