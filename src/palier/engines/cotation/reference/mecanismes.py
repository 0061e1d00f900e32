"""The points of one criterion: one function per mechanism; None when an answer is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import inf
from typing import TypeVar

from palier.base.periods import add_months, complete_months
from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference.conditions import entre, mesurer, vrai
from palier.engines.cotation.reference.demande import Demande, Ligne

T = TypeVar("T", int, float, int | Fraction)


def fixe(m: n.Fixe, d: Demande) -> int | None:
    """Give fixed points if the condition holds."""
    reponse = vrai(m.si, d)
    return None if reponse is None else m.points * reponse


def bande(m: n.Bandes, d: Demande) -> tuple[bool, n.Bande | None]:
    """Return whether the answer is known, and the first band that holds."""
    mesure = mesurer(m.source, d)
    if mesure is None:
        return False, None
    for candidate in m.bandes:
        reponse = entre(candidate.bornes, m.source, mesure, d)
        if reponse is not False:
            return reponse is True, candidate
    return True, None


def bandes(m: n.Bandes, d: Demande) -> int | None:
    """Give the points of the band; none outside all bands."""
    connue, trouvee = bande(m, d)
    if not connue:
        return None
    return trouvee.points if trouvee is not None else 0


def unites(m: n.Lineaire, d: Demande) -> int | None:
    """Count the units above ``au_dela``, completed, or also the one that has started."""
    total: int | None
    if m.depuis is None:
        pas, total = m.pas, d.lire(m.colonne or "")
    else:
        pas, total, debut = m.mois, d.mois_depuis(m.depuis), d.lire(m.depuis)
        if total is not None and d.jour is not None:
            if debut > d.jour:
                return 0
            total += m.entame and add_months(debut, total) < d.jour
    if total is None:
        return None
    au_dela = total - m.au_dela
    return max(0, -(-au_dela // pas) if m.entame else au_dela // pas)


def lineaire(m: n.Lineaire, d: Demande) -> int | None:
    """Give points for each unit."""
    compte = unites(m, d)
    return None if compte is None else m.points * compte


def comptes(m: n.Compte, d: Demande) -> list[Ligne] | None:
    """Return the events that count: of this kind, past, inside the window, qualified."""
    if d.evenements is None:
        return None
    depuis = add_months(d.au, -m.fenetre_mois) if m.fenetre_mois else None
    return [
        e
        for e in d.evenements
        if e["evenement_type"] == m.evenement
        and e["evenement_date"] <= d.au
        and (depuis is None or e["evenement_date"] > depuis)
        and (m.adaptee is None or e.get("adaptee") is m.adaptee)
    ]


def compte(m: n.Compte, d: Demande) -> int | None:
    """Give points for each event from the n-th on, or once."""
    found = comptes(m, d)
    if found is None:
        return None
    au_dela = max(0, len(found) - m.a_partir_de + 1)
    return m.points * (min(au_dela, 1) if m.une_fois else au_dela)


def cumul(m: n.Cumul, d: Demande) -> int | None:
    """Keep the account month by month: gain, then events, then bounds."""
    debut = d.lire(m.depuis)
    if debut is None or d.evenements is None:
        return None
    effets = dict(m.evenements)
    par_mois: dict[int, list[Ligne]] = {}
    for e in d.evenements:
        if e["evenement_type"] in effets and debut <= e["evenement_date"] <= d.au:
            par_mois.setdefault(complete_months(debut, e["evenement_date"]), []).append(e)
    acheves = complete_months(debut, d.au)
    solde = 0
    for mois in range(acheves + 1):
        if mois < acheves:  # the month that is not over earns nothing
            solde += m.gagne
        remises = [e["evenement_date"] for e in par_mois.get(mois, ()) if effets[e["evenement_type"]] is None]
        if remises:
            solde = 0
        for e in par_mois.get(mois, ()):
            if not remises or e["evenement_date"] > max(remises):
                solde += effets[e["evenement_type"]] or 0
        solde = max(m.bas, min(m.haut, solde))
    return solde


def case(m: n.Case, d: Demande) -> int | None:
    """Give the points of the box that the request declares."""
    code = d.lire(m.colonne)
    return None if code is None else dict(m.cases).get(code, m.autres)


POINTS: Mapping[type, Callable[..., int | None]] = {
    n.Fixe: fixe, n.Bandes: bandes, n.Lineaire: lineaire, n.Compte: compte, n.Cumul: cumul, n.Case: case,
}  # fmt: skip


def plus_haut(critere: n.Critere) -> float:
    """Return the greatest number of points that a criterion can give."""
    m = critere.mecanisme
    found: float
    if isinstance(m, n.Bandes):
        found = max(b.points for b in m.bandes)
    elif isinstance(m, n.Case):
        found = max(m.autres, *(points for _, points in m.cases), m.autres)
    elif isinstance(m, n.Cumul):
        found = m.haut
    elif isinstance(m, n.Fixe) or (isinstance(m, n.Compte) and m.une_fois):
        found = max(m.points, 0)
    else:
        found = inf if m.points > 0 else 0
    return borner(max(found, 0) if critere.garde is not None else found, critere.plafond, critere.plancher)


def borner(valeur: T, plafond: int | None, plancher: int | None) -> T | int:
    """Apply a cap, then a floor."""
    if plafond is not None and valeur > plafond:
        return borner(plafond, None, plancher)
    return plancher if plancher is not None and valeur < plancher else valeur
