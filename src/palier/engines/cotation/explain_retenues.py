"""What counts in the end: points kept, what put the others aside, what a paper would add."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from palier.base.explanation import Phrase
from palier.engines.cotation.explain_phrases import p, points
from palier.engines.cotation.reference import Regle, ScoreRow, TraceCritere, TraceFamille
from palier.engines.cotation.reference.familles import compter
from palier.engines.cotation.reference.jugement import totaliser

Nombre = int | Fraction


def exact(valeur: Nombre) -> Nombre:
    """Return a whole number as an int."""
    return valeur.numerator if valeur.denominator == 1 else valeur


def gains(regle: Regle, ligne: ScoreRow) -> dict[int, int]:
    """Return, for each criterion not verified, what checking it alone would add to the verified total."""
    trace, found = ligne.trace, dict[int, int]()
    if ligne.total_verifie is None:
        return found
    base = [famille.verifies for famille in trace.familles]
    for place, famille in enumerate(trace.familles):

        def total(valeur: Nombre, place: int = place) -> int:
            return totaliser(regle.grille, trace.force, [*base[:place], valeur, *base[place + 1 :]])

        _gains(famille, total, ligne.total_verifie, found)
    return found


def _gains(t: TraceFamille, remonter: Callable[[Nombre], int], actuel: int, found: dict[int, int]) -> None:
    base = [membre.verifies for membre in t.membres]
    for place, membre in enumerate(t.membres):

        def remplacer(valeur: Nombre, place: int = place) -> int:
            return remonter(compter(t.famille, [*base[:place], valeur, *base[place + 1 :]], t.facteurs))

        if isinstance(membre, TraceFamille):
            _gains(membre, remplacer, actuel, found)
        elif membre.points and not membre.verifie:
            found[id(membre)] = remplacer(membre.points) - actuel


def gagnant(t: TraceFamille) -> int | None:
    """Return the place of the member that a maximum keeps, the first of the greatest; None for a sum."""
    if t.famille.regle != "maximum":
        return None
    known = [(membre.points, -place) for place, membre in enumerate(t.membres) if membre.points is not None]
    return -max(known)[1] if known else None


def ecarte(t: TraceFamille, place: int, gagne: int) -> Phrase | None:
    """Return what put the points of a member of a maximum aside; None if it is kept or had none."""
    membre, meilleur = t.membres[place], t.membres[gagne]
    if place == gagne or not membre.points:
        return None
    code = "ecarte.egalite" if meilleur.points == membre.points else "ecarte.maximum"
    return p(code, autre=libelle_de(meilleur), autre_mesure=points(meilleur.points or 0))


def libelle_de(t: TraceCritere | TraceFamille) -> str:
    """Return the public name of a criterion or of a family."""
    return t.critere.libelle if isinstance(t, TraceCritere) else t.famille.libelle


def limites(valeur: Nombre, plafond: int | None, plancher: int | None) -> list[tuple[str, Phrase, Nombre]]:
    """Return what a cap takes away and what a floor gives."""
    found = list[tuple[str, Phrase, Nombre]]()
    if plafond is not None and valeur > plafond:
        words = p("plafond", limite_mesure=points(plafond), avant_mesure=points(valeur))
        found.append(("plafond", words, exact(plafond - valeur)))
        valeur = plafond
    if plancher is not None and valeur < plancher:
        words = p("plancher", limite_mesure=points(plancher), avant_mesure=points(valeur))
        found.append(("plancher", words, exact(plancher - valeur)))
    return found
