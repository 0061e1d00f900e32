"""Criteria, bands, classes and systems that nobody can ever reach."""

from __future__ import annotations

from palier.engines.cotation.checks.constats import Constats
from palier.engines.cotation.checks.logique import Hypothese, contradiction
from palier.engines.cotation.checks.parcours import Lue, Place, conditions, places
from palier.engines.cotation.model.nodes import (
    Bandes,
    Case,
    Condition,
    Critere,
    Dans,
    Egal,
    Fixe,
    Grille,
    Systeme,
)
from palier.tables import colonne

_CORRIGEZ = "Corrigez une des deux conditions, ou retirez-le."


def check_atteinte(constats: Constats) -> None:
    """Say what is never reached: its conditions contradict one another or come too late."""
    grille = constats.grille
    for lue in conditions(grille):
        if lue.critere is None:
            _check_alone(constats, lue)
    _check_criteria(constats, grille)
    for systeme in grille.systemes:
        _check_order(constats, systeme)


def _check_alone(constats: Constats, lue: Lue) -> None:
    column = contradiction(Hypothese(lue.condition))
    if column is not None:
        code = "045" if lue.sorte == "classe" else "033"
        words = f"{lue.ou} ne s'applique jamais : ses conditions se contredisent sur « {column} »."
        constats.add(code, lue.ligne, words, _CORRIGEZ)


def _check_criteria(constats: Constats, grille: Grille) -> None:
    by_line: dict[tuple[str, int], list[Place]] = {}
    for place in places(grille):
        by_line.setdefault((place.critere.id, place.critere.ligne), []).append(place)
    for group in by_line.values():
        critere = group[0].critere
        own = _own_conditions(critere)
        column = contradiction(*(Hypothese(c) for c in own))
        if column is not None:
            words = f"le critère « {critere.id} » ne donne jamais ses points : ses conditions se contredisent"
            constats.add("033", critere.ligne, f"{words} sur « {column} ».", _CORRIGEZ)
            continue
        faults = [_outer_fault(grille, place, own) for place in group]
        if all(fault is not None for fault in faults):
            constats.add("033", critere.ligne, str(faults[0]), _CORRIGEZ)
            continue
        _check_parts(constats, critere)


def _own_conditions(critere: Critere) -> list[Condition]:
    own = [critere.garde] if critere.garde is not None else []
    if isinstance(critere.mecanisme, Fixe):
        own.append(critere.mecanisme.si)
    return own


def _outer_fault(grille: Grille, place: Place, own: list[Condition]) -> str | None:
    """Say why a criterion is never reached in its system, or None if it may be."""
    name = f"le critère « {place.critere.id} » ne donne jamais ses points"
    base = [Hypothese(c) for c in own]
    systeme = place.systeme
    if systeme.si is not None and contradiction(Hypothese(systeme.si)) is None:
        column = contradiction(*base, Hypothese(systeme.si))
        if column is not None:
            return f"{name} : le système « {systeme.id} » exclut déjà sa condition sur « {column} »."
    for other in grille.systemes if systeme.si is None else ():
        if own and other.si is not None and contradiction(*base, Hypothese(other.si, False)) is not None:
            return f"{name} : ces demandes relèvent toutes du système « {other.id} »."
    for hors in grille.hors_champ if own else ():
        if contradiction(*base, Hypothese(hors.si, False)) is not None:
            return f"{name} : ces demandes sont déjà hors champ, motif « {hors.motif} » (ligne {hors.ligne})."
    return None


def _check_parts(constats: Constats, critere: Critere) -> None:
    """Say the bands and boxes that the guard of a criterion excludes."""
    if critere.garde is None:
        return
    guard = Hypothese(critere.garde)
    if isinstance(critere.mecanisme, Bandes):
        for number, bande in enumerate(critere.mecanisme.bandes, 1):
            inside = Dans(critere.mecanisme.source, bande.bornes)
            if bande.points and contradiction(guard, Hypothese(inside)) is not None:
                words = (
                    f"la bande {number} du critère « {critere.id} » ne sert à personne : la condition « si » "
                    "écarte toutes ses demandes."
                )
                constats.add("034", bande.ligne or critere.ligne, words, "Corrigez « si », ou la bande.")
    elif isinstance(critere.mecanisme, Case):
        for code, points in critere.mecanisme.cases:
            ticked = Hypothese(Egal(critere.mecanisme.colonne, code))
            if points and contradiction(guard, ticked) is not None:
                words = f"la case « {code} » de « {critere.id} » ne sert à personne : "
                words += "la condition « si » l'écarte."
                constats.add("034", critere.ligne, words, "Corrigez « si », ou retirez la case.")


def _check_order(constats: Constats, systeme: Systeme) -> None:
    """Say the classes and forced totals that an earlier one always takes."""
    for kind, code, rows in (
        ("la classe", "045", [(c.id, c.ligne, c.si) for c in systeme.classes]),
        ("le total forcé", "033", [(f.id, f.ligne, f.si) for f in systeme.forces]),
    ):
        for place, (name, ligne, si) in enumerate(rows):
            if si is None or contradiction(Hypothese(si)) is not None:
                continue
            for earlier, _, other in rows[:place]:
                if other is not None and contradiction(Hypothese(si), Hypothese(other, False)) is not None:
                    words = f"{kind} « {name} » ne sert jamais : « {earlier} » prend déjà ces demandes."
                    constats.add(code, ligne, words, "Changez l'ordre, ou retirez l'un des deux.")
                    break


def check_choix(constats: Constats) -> None:
    """Say the odd choices: no box at all, or « autres » that nothing can reach."""
    for place in places(constats.grille):
        critere = place.critere
        if not isinstance(critere.mecanisme, Case):
            continue
        mecanisme = critere.mecanisme
        if not mecanisme.cases:
            words = f"le choix « {critere.id} » n'a aucune case : tout le monde reçoit « autres »."
            constats.add("049", critere.ligne, words, "Ajoutez les cases, ou retirez la famille.")
        elif mecanisme.autres and {c for c, _ in mecanisme.cases} == set(colonne(mecanisme.colonne).codes):
            words = (
                f"dans le choix « {critere.id} », « autres » ne sert jamais : toutes les cases sont écrites."
            )
            constats.warn("049", critere.ligne, words, "Écrivez « autres: 0 », ou retirez des cases.")
