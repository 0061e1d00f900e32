"""Conditions with three answers: true, false, and None when an answer is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from operator import ge, gt, le, lt

from palier.engines.cotation.model import nodes as n
from palier.engines.cotation.reference.demande import Demande
from palier.engines.cotation.reference.vocabulaire import en_centimes, masque

Reponse = bool | None
# des: at least; plus_de: more; jusqu_a: at most; moins_de: less.
COMPARAISONS = {"des": ge, "plus_de": gt, "jusqu_a": le, "moins_de": lt}


def vrai(condition: n.Condition, d: Demande) -> Reponse:
    """Judge a condition on a request."""
    return JUGES[type(condition)](condition, d)


def tous(reponses: Iterable[Reponse]) -> Reponse:
    """All: one false is enough to say no; otherwise one unknown leaves it unknown."""
    found: Reponse = True
    for reponse in reponses:
        if reponse is False:
            return False
        if reponse is None:
            found = None
    return found


def au_moins_un(reponses: Iterable[Reponse]) -> Reponse:
    """One at least: one true is enough to say yes."""
    return non(tous(non(reponse) for reponse in reponses))


def non(reponse: Reponse) -> Reponse:
    """Turn yes into no; the unknown stays unknown."""
    return None if reponse is None else not reponse


def mesurer(source: n.Source, d: Demande) -> tuple[int, int] | None:
    """Return what is compared with bounds, as a fraction whose bottom is positive."""
    if isinstance(source, n.Mesure):
        valeur = d.lire(source.colonne)
        return None if valeur is None else (valeur, 1)
    parts = d.connus(source.numerateur, source.denominateur)
    return None if parts is None or parts[1] <= 0 else (parts[0], parts[1])


def indefini(rapport: n.Rapport, d: Demande) -> bool:
    """Tell whether something is divided by zero: a rent without resources."""
    parts = d.connus(rapport.numerateur, rapport.denominateur)
    return parts is not None and parts[1] == 0 and parts[0] > 0


def seuil(borne: n.Borne, source: n.Source, d: Demande) -> int | Fraction | None:
    """Return the value of a bound, in cents where the source is an amount."""
    if not isinstance(borne.valeur, n.RefTable):
        return borne.valeur
    cle = d.connus(*borne.valeur.par)
    valeur = None if cle is None else d.droit.cellule(borne.valeur, tuple(str(part) for part in cle))
    return valeur * 100 if valeur is not None and en_centimes(source) else valeur


def entre(bornes: tuple[n.Borne, ...], source: n.Source, mesure: tuple[int, int], d: Demande) -> Reponse:
    """Compare a measure with one or two bounds, exactly: top x q with p x bottom."""
    haut, bas = mesure
    found: Reponse = True
    for borne in bornes:
        valeur = seuil(borne, source, d)
        if valeur is None:
            found = None
        elif not COMPARAISONS[borne.sens](haut * valeur.denominator, valeur.numerator * bas):
            return False
    return found


def _dans(c: n.Dans, d: Demande) -> Reponse:
    mesure = mesurer(c.source, d)
    return None if mesure is None else entre(c.bornes, c.source, mesure, d)


def _egal(c: n.Egal, d: Demande) -> Reponse:
    valeur = d.lire(c.colonne)
    return None if valeur is None else bool(valeur == c.valeur)


def _parmi(c: n.Parmi, d: Demande) -> Reponse:
    valeur = d.lire(c.colonne)
    return None if valeur is None else valeur in c.codes


def _contient(c: n.Contient, d: Demande) -> Reponse:
    valeur = d.lire(c.colonne)
    return None if valeur is None else valeur & masque(c.colonne, c.codes) != 0


JUGES: Mapping[type, Callable[..., Reponse]] = {
    n.Dans: _dans,
    n.Egal: _egal,
    n.Parmi: _parmi,
    n.Contient: _contient,
    n.Connu: lambda c, d: (d.lire(c.colonne) is not None) is c.connu,
    n.Et: lambda c, d: tous(vrai(membre, d) for membre in c.membres),
    n.Ou: lambda c, d: au_moins_un(vrai(membre, d) for membre in c.membres),
    n.Non: lambda c, d: non(vrai(c.membre, d)),
}
