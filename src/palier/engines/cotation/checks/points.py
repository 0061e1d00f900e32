"""Points that can never be given: caps below a value, criteria that never win."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

from palier.base.mots import nombre
from palier.engines.cotation.checks.constats import Constats, points
from palier.engines.cotation.checks.logique import Hypothese, contradiction
from palier.engines.cotation.checks.parcours import Place, familles, places
from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Compte,
    Critere,
    Cumul,
    Famille,
    Fixe,
    Lineaire,
    Mecanisme,
)

_JAMAIS = "personne ne reçoit jamais ces points en entier"

Quantite = int | float | Fraction


@dataclass(frozen=True, slots=True)
class Etendue:
    """Least and greatest points, infinite where nothing bounds them."""

    bas: Quantite
    haut: Quantite

    def bounded(self, plancher: int | None, plafond: int | None) -> Etendue:
        """Return the range once capped."""

        def clamp(value: Quantite) -> Quantite:
            value = min(value, plafond) if plafond is not None else value
            return max(value, plancher) if plancher is not None else value

        return Etendue(clamp(self.bas), clamp(self.haut))


def _values(mecanisme: Mecanisme) -> list[int]:
    """List the values written in a mechanism; one unit for those that count."""
    if isinstance(mecanisme, Bandes):
        return [bande.points for bande in mecanisme.bandes]
    if isinstance(mecanisme, Case):
        return [*(value for _, value in mecanisme.cases), mecanisme.autres]
    if isinstance(mecanisme, Cumul):
        return [mecanisme.haut, mecanisme.bas]
    return [mecanisme.points]


def range_of_critere(critere: Critere) -> Etendue:
    """Return the least and greatest points of a criterion, its own caps included."""
    mecanisme = critere.mecanisme
    values = _values(mecanisme)
    low: Quantite = min(values)
    high: Quantite = max(values)
    if isinstance(mecanisme, Fixe | Lineaire | Compte) or critere.garde is not None:
        low, high = min(low, 0), max(high, 0)
    if isinstance(mecanisme, Lineaire) or (isinstance(mecanisme, Compte) and not mecanisme.une_fois):
        low, high = (-inf if low < 0 else low), (inf if high > 0 else high)
    return Etendue(low, high).bounded(critere.plancher, critere.plafond)


def range_of(membre: Critere | Famille) -> Etendue:
    """Return the least and greatest points of a member; one left out counts 0."""
    if isinstance(membre, Critere):
        own = range_of_critere(membre)
        return Etendue(min(own.bas, 0), max(own.haut, 0))
    parts = [range_of(m) for m in membre.membres]
    if membre.regle == "maximum":
        made = Etendue(min((p.bas for p in parts), default=0), max((p.haut for p in parts), default=0))
    else:
        made = Etendue(sum(p.bas for p in parts), sum(p.haut for p in parts))
    made = made.bounded(membre.plancher, membre.plafond)
    for facteur in membre.facteurs:
        times = max(facteur.fois, Fraction(1))
        made = Etendue(min(made.bas, made.bas * times), max(made.haut, made.haut * times))
    return made


def check_points(constats: Constats) -> None:
    """Say caps below a value, floors above caps, zero points, members that never win."""
    for place in places(constats.grille):
        _check_zero(constats, place.critere)
        _check_caps(constats, place)
    for systeme in constats.grille.systemes:
        for force in systeme.forces:
            _check_force(constats, force.id, force.total, force.ligne)
    for _, famille in familles(constats.grille):
        _check_bounds(
            constats, f"la famille « {famille.id} »", famille.ligne, famille.plancher, famille.plafond
        )
        for facteur in famille.facteurs:
            if facteur.fois == 1:
                words = f"un facteur de la famille « {famille.id} » multiplie par 1 : il ne change rien."
                constats.warn(
                    "052", facteur.ligne or famille.ligne, words, "Corrigez « fois », ou retirez-le."
                )
        if famille.regle == "maximum":
            _check_maximum(constats, famille)
    grille = constats.grille
    _check_bounds(constats, "le total", grille.ligne("total"), grille.plancher, grille.plafond)


def _check_bounds(
    constats: Constats, where: str, ligne: int, plancher: int | None, plafond: int | None
) -> None:
    if plancher is not None and plafond is not None and plancher > plafond:
        words = f"{where} a un plancher ({nombre(plancher)}, le moins) au-dessus de son plafond "
        words += f"({nombre(plafond)}, le plus)."
        constats.add("035", ligne, words, "Échangez-les, ou corrigez l'un des deux.")


def _check_force(constats: Constats, name: str, total: int, ligne: int) -> None:
    grille = constats.grille
    where = f"le total forcé « {name} » vaut {nombre(total)}"
    if grille.plafond is not None and total > grille.plafond:
        words = f"{where}, au-dessus du plafond du total ({nombre(grille.plafond)})."
        constats.add("056", ligne, words, "Relevez le plafond du total, ou baissez ce total.")
    if grille.plancher is not None and total < grille.plancher:
        words = f"{where}, sous le plancher du total ({nombre(grille.plancher)})."
        constats.add("056", ligne, words, "Baissez le plancher du total, ou relevez ce total.")


def _check_zero(constats: Constats, critere: Critere) -> None:
    if not any(_values(critere.mecanisme)):
        words = f"le critère « {critere.id} » donne 0 point dans tous les cas."
        constats.warn("055", critere.ligne, words, "Écrivez ses points, ou retirez-le.")


def _check_caps(constats: Constats, place: Place) -> None:
    """Follow each written value outwards, through each cap that could cut it."""
    critere = place.critere
    _check_bounds(constats, f"le critère « {critere.id} »", critere.ligne, critere.plancher, critere.plafond)
    for value in sorted(set(_values(critere.mecanisme))):
        now = _cut(constats, place, value, "de ce critère", critere.plancher, critere.plafond, Etendue(0, 0))
        inner: Critere | Famille = critere
        for famille in place.familles:
            others = _others(famille, inner)
            where = f"de la famille « {famille.id} »"
            now = _cut(constats, place, now, where, famille.plancher, famille.plafond, others)
            inner = famille
            if any(facteur.fois < 1 for facteur in famille.facteurs):
                break
        else:
            rest = [range_of(f) for f in place.systeme.familles if f is not inner]
            others = Etendue(sum(r.bas for r in rest), sum(r.haut for r in rest))
            grille = constats.grille
            _cut(constats, place, now, "du total", grille.plancher, grille.plafond, others)


def _others(famille: Famille, inner: Critere | Famille) -> Etendue:
    if famille.regle != "somme":
        return Etendue(0, 0)
    rest = [range_of(m) for m in famille.membres if m is not inner]
    return Etendue(sum(r.bas for r in rest), sum(r.haut for r in rest))


def _cut(
    constats: Constats,
    place: Place,
    value: int,
    where: str,
    plancher: int | None,
    plafond: int | None,
    others: Etendue,
) -> int:
    if plancher is not None and plafond is not None and plancher > plafond:
        return value
    name, ligne = f"le critère « {place.critere.id} »", place.critere.ligne
    if plafond is not None and value > plafond:
        sure = value + others.bas > plafond
        words = f"{name} prévoit {points(value)}, mais le plafond {where} est {nombre(plafond)}"
        end = _JAMAIS if sure else "on ne les reçoit en entier que si d'autres points sont perdus"
        constats.add(
            "035", ligne, f"{words} : {end}.", "Relevez le plafond, ou baissez les points.", grave=sure
        )
        return plafond
    if plancher is not None and value < plancher and value < 0:
        if value + others.haut < plancher:
            words = f"{name} prévoit {points(value)}, mais le plancher {where} est {nombre(plancher)}"
            constats.add("035", ligne, f"{words} : {_JAMAIS}.", "Baissez le plancher, ou relevez les points.")
        return plancher
    return value


def _check_maximum(constats: Constats, famille: Famille) -> None:
    for membre in famille.membres:
        others = [other for other in famille.membres if other is not membre]
        place = famille.membres.index(membre)
        winner = next((o for o in others if _beats(o, membre) and not _tie(famille, membre, o, place)), None)
        if winner is not None and any(_values_of(membre)):
            words = (
                f"« {membre.id} » n'est jamais retenu dans la famille « {famille.id} » : la règle « maximum »"
                f" lui préfère toujours « {winner.id} »."
            )
            advice = "Sortez-le de cette famille, ou mettez la règle « somme »."
            constats.add("033", membre.ligne, words, advice)


def _tie(famille: Famille, membre: Critere | Famille, other: Critere | Famille, place: int) -> bool:
    """Tell whether two members always give the same, so that only the second is said."""
    return _beats(membre, other) and famille.membres.index(other) > place


def _values_of(membre: Critere | Famille) -> list[int]:
    criteria = [membre] if isinstance(membre, Critere) else list(membre.criteres())
    return [value for critere in criteria for value in _values(critere.mecanisme)]


def _beats(one: Critere | Famille, other: Critere | Famille) -> bool:
    """Tell whether ``other`` can never exceed ``one``, whatever the answers."""
    low = range_of_critere(one).bas if isinstance(one, Critere) else range_of(one).bas
    high = range_of_critere(other).haut if isinstance(other, Critere) else range_of(other).haut
    if high <= low:
        return high < low or any(v < 0 for v in _values_of(other)) or low > 0
    if not (isinstance(one, Critere) and isinstance(other, Critere)):
        return False
    if not (isinstance(one.mecanisme, Fixe) and isinstance(other.mecanisme, Fixe)):
        return False
    if high > range_of_critere(one).haut or not _as_well_proved(one, other):
        return False
    return (
        contradiction(Hypothese(other.mecanisme.si), Hypothese(one.mecanisme.si, False)) is not None
        and contradiction(Hypothese(other.mecanisme.si)) is None
    )


def _as_well_proved(one: Critere, other: Critere) -> bool:
    return one.preuve == "declare" or (one.preuve, one.faits) == (other.preuve, other.faits)
