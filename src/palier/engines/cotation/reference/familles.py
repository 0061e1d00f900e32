"""Criteria and families: points, caps, what is verified, what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference.conditions import vrai
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.mecanismes import POINTS, borner, plus_haut
from palier.engines.cotation.reference.traces import Nombre, TraceCritere, TraceFamille
from palier.engines.cotation.reference.vocabulaire import masque

NIVEAUX = {"piece": "verifie_piece", "travailleur_social": "verifie_social", "etat": "verifie_etat"}


def juger_critere(c: n.Critere, d: Demande) -> TraceCritere:
    """Give its points to one criterion: guard, mechanism, policy on absence, cap, floor."""
    vue = d.figee(c.fige) if c.fige is not None else d
    garde = True if c.garde is None else vrai(c.garde, vue)
    brut = POINTS[type(c.mecanisme)](c.mecanisme, vue) if garde else (0 if garde is False else None)
    retenu = 0 if brut is None and c.absent == "zero" else brut
    points = None if retenu is None else borner(retenu, c.plafond, c.plancher)
    return TraceCritere(c, vue, garde, brut, points, est_verifie(c, d))


def est_verifie(c: n.Critere, d: Demande) -> bool:
    """Tell whether each group of facts has one that was checked at the level asked."""
    if c.preuve == "declare":
        return True
    niveau = NIVEAUX[c.preuve]
    verifies = d.lire(niveau) or 0
    return bool(c.faits) and all(verifies & masque(niveau, groupe) for groupe in c.faits)


def juger_famille(f: n.Famille, d: Demande) -> TraceFamille:
    """Give its points to a family: rule, cap, floor, factors."""
    membres = tuple(
        juger_famille(membre, d) if isinstance(membre, n.Famille) else juger_critere(membre, d)
        for membre in f.membres
    )
    facteurs = tuple(vrai(facteur.si, d) for facteur in f.facteurs)
    declares = compter(f, [membre.points for membre in membres], facteurs)
    verifies = compter(f, [membre.verifies for membre in membres], facteurs)
    return TraceFamille(f, membres, facteurs, declares, verifies)


def regler(f: n.Famille, points: Sequence[Nombre | None]) -> Nombre:
    """Apply the rule of a family: the unknown is left out."""
    connus = [valeur for valeur in points if valeur is not None]
    return max(connus, default=0) if f.regle == "maximum" else sum(connus)


def compter(f: n.Famille, points: Sequence[Nombre | None], facteurs: Sequence[bool | None]) -> Nombre:
    """Apply the rule, the bounds, then the factors whose condition holds."""
    valeur: Nombre = borner(regler(f, points), f.plafond, f.plancher)
    for facteur, applique in zip(f.facteurs, facteurs, strict=True):
        if applique:
            valeur *= facteur.fois
    return valeur


def manquants(famille: TraceFamille) -> list[n.Critere | n.Condition]:
    """Return what lacks an answer: criteria that could have counted, conditions of factors."""
    f = famille.famille
    found: list[n.Critere | n.Condition] = []
    for membre in famille.membres:
        if isinstance(membre, TraceFamille):
            found += manquants(membre)
        elif membre.points is None and (f.regle != "maximum" or _pouvait_gagner(membre.critere, famille)):
            found.append(membre.critere)
    found += [
        facteur.si for facteur, reponse in zip(f.facteurs, famille.facteurs, strict=True) if reponse is None
    ]
    return found


def _pouvait_gagner(c: n.Critere, famille: TraceFamille) -> bool:
    """Tell whether a criterion could give more than what the maximum keeps."""
    return plus_haut(c) > regler(famille.famille, [membre.points for membre in famille.membres])
