"""What a verification says: errors and warnings, sorted by line, in plain French."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from palier.base.errors import Problem
from palier.base.exact import percent_text
from palier.base.mots import montant, nombre
from palier.engines.cotation.model.nodes import Grille, Mesure, Rapport, Source
from palier.tables import colonne


@dataclass(frozen=True, slots=True)
class Verification:
    """What is wrong in the sense of a grid.

    Parameters
    ----------
    erreurs : tuple of Problem
        The grid must not be used as it is.
    avertissements : tuple of Problem
        The grid can be used; somebody must have meant this.
    """

    erreurs: tuple[Problem, ...]
    avertissements: tuple[Problem, ...]


class Constats:
    """Collects problems with their lines; each one once."""

    def __init__(self, grille: Grille) -> None:
        self.grille = grille
        self._found: dict[Problem, tuple[int, bool]] = {}

    def add(
        self,
        code: str,
        ligne: int,
        constat: str,
        que_faire: str,
        reference: str | None = None,
        grave: bool = True,
    ) -> None:
        """Add one problem; ``grave`` False makes it a warning."""
        place = f"{self.grille.origine}, ligne {ligne}" if ligne else self.grille.origine
        words = constat[:1].upper() + constat[1:]
        problem = Problem(f"COT-{code}", place, words, que_faire, reference)
        known = self._found.get(problem)
        self._found[problem] = (ligne, grave or (known is not None and known[1]))

    def warn(self, code: str, ligne: int, constat: str, que_faire: str, reference: str | None = None) -> None:
        """Add one warning."""
        self.add(code, ligne, constat, que_faire, reference, grave=False)

    def verification(self) -> Verification:
        """Sort by line, then by code."""
        rows = sorted(self._found.items(), key=lambda item: (item[1][0], item[0].code))
        return Verification(
            tuple(problem for problem, (_, grave) in rows if grave),
            tuple(problem for problem, (_, grave) in rows if not grave),
        )


def joined(words: Iterable[str], last: str = "et") -> str:
    """Join words in French: ``a, b et c``.

    >>> joined(["a", "b", "c"])
    'a, b et c'
    """
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def points(value: int) -> str:
    """Write a number of points: 1 point, 20 points."""
    return f"{nombre(value)} point{'s' if abs(value) > 1 else ''}"


def exact_text(value: Fraction) -> str:
    """Write an exact number: 36, 1,5 or 1/3."""
    if value.denominator == 1:
        return nombre(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{float(value):.6f}".rstrip("0")
    return digits.replace(".", ",").replace("-", "\u2212")


def is_share(source: Source) -> bool:
    """Tell whether a source is a ratio of two amounts, written in percent."""
    return isinstance(source, Rapport) and all(colonne(c).type == "cent" for c in source.colonnes)


def value_text(source: Source, value: Fraction) -> str:
    """Write a value as the person would: 33 %, 500 €, 36 mois."""
    if is_share(source):
        return percent_text(value) if (value * 10_000).denominator == 1 else exact_text(value)
    first = colonne(source.colonnes[0])
    if first.type == "cent":
        return montant(value.numerator) if value.denominator == 1 else f"{exact_text(value / 100)} €"
    unit = first.unite if isinstance(source, Mesure) else ""
    words = unit.split()[0] if unit else ""
    if abs(value) < 2 and words != "mois":
        words = words.removesuffix("s")
    return f"{exact_text(value)} {words}".rstrip()
