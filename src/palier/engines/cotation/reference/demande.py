"""One request as the rule reads it: its answers, and what is computed from them at a date.

An answer that is absent is unknown: None, never 0 nor no. What is computed
from an unknown answer is unknown, unless the answer cannot change it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from palier.base.periods import complete_months, complete_years
from palier.engines.cotation.model.parcours import PLAFONDS
from palier.engines.cotation.reference.droit import Droit

Ligne = Mapping[str, Any]
PIECES = {"chambre": 1, "t1": 1, "t2": 2, "t3": 3, "t4": 4, "t5": 5, "t6": 6}


class Demande:
    """A request at a date: ``au``, or ``jour`` for the lengths that a criterion freezes."""

    __slots__ = ("_calcules", "au", "droit", "evenements", "jour", "ligne")

    def __init__(
        self,
        ligne: Ligne,
        au: dt.date,
        jour: dt.date | None,
        evenements: Sequence[Ligne] | None,
        droit: Droit,
    ) -> None:
        self.ligne, self.au, self.jour, self.evenements, self.droit = ligne, au, jour, evenements, droit
        self._calcules: dict[str, Any] = {}

    def figee(self, colonne: str) -> Demande:
        """Return the same request, its lengths of time taken at a date that it gives."""
        return Demande(self.ligne, self.au, self.ligne.get(colonne), self.evenements, self.droit)

    def lire(self, colonne: str) -> Any:
        """Return an answer, given or computed; None if unknown."""
        calcul = CALCULS.get(colonne)
        if calcul is None:
            return self.ligne.get(colonne)
        if colonne not in self._calcules:
            self._calcules[colonne] = calcul(self)
        return self._calcules[colonne]

    def connus(self, *colonnes: str) -> list[Any] | None:
        """Return several answers, or None as soon as one is unknown."""
        values = [self.lire(colonne) for colonne in colonnes]
        return None if None in values else values

    def mois_depuis(self, colonne: str) -> int | None:
        """Count the complete months since a date of the request; 0 if it is to come."""
        debut = self.lire(colonne)
        return None if debut is None or self.jour is None else max(0, complete_months(debut, self.jour))


def _age(d: Demande) -> int | None:
    naissance: dt.date | None = d.lire("naissance")
    return None if naissance is None or d.jour is None else complete_years(naissance, d.jour)


def _loyer_net(d: Demande) -> int | None:
    v = d.connus("loyer_cent", "charges_cent", "aide_logement_cent")
    return None if v is None else max(0, v[0] + v[1] - v[2])


def _uc_dixieme(d: Demande) -> Any:
    v = d.connus("nb_personnes", "nb_moins_14")
    if v is None:
        return None
    cles = ("premier", "14_ans_ou_plus", "moins_de_14_ans")
    premier, grand, petit = (int(10 * (d.droit.legale("unites_consommation", cle) or 0)) for cle in cles)
    return premier + grand * (v[0] - 1 - v[1]) + petit * v[1]


def _jeune_menage(d: Demande) -> Any:
    en_couple = d.lire("en_couple")
    if not en_couple:
        return en_couple  # False, or unknown
    naissances = d.connus("naissance", "conjoint_naissance")
    if naissances is None:
        return None
    return sum(complete_years(jour, d.au) for jour in naissances) <= d.droit.nombre("jeune_menage_ages")


def _parent_isole(d: Demande) -> bool | None:
    en_couple, a_charge = d.lire("en_couple"), d.lire("nb_a_charge")
    if en_couple or a_charge == 0:
        return False
    return None if en_couple is None or a_charge is None else True


def _categorie_menage(d: Demande) -> Any:
    """Return the category of the income ceilings (arrêté du 29 juillet 1987, annexe I)."""
    v = d.connus("nb_personnes", "nb_a_charge", "en_couple", "nb_carte_invalidite")
    if v is None:
        return None
    personnes, a_charge, en_couple, cartes = v
    if a_charge > personnes - (2 if en_couple else 1):
        return None  # the household contradicts itself
    categorie = personnes
    if personnes == 2 and en_couple:
        jeune = d.lire("jeune_menage")
        if jeune is None:
            return None
        categorie = 3 if jeune else 2
    elif personnes - a_charge == 1 and a_charge >= 1:
        categorie = personnes + 1  # one adult alone with dependants
    return categorie + (1 if cartes >= 1 else 0)


def _surface_minimale(d: Demande, colonne: str = "nb_personnes") -> Any:
    personnes = d.lire(colonne)
    return None if personnes is None else d.droit.legale("surface_minimale", str(personnes))


def _suroccupe(d: Demande) -> bool | None:
    surface, minimale = d.lire("logement_surface_m2"), _surface_minimale(d, "logement_nb_occupants")
    return None if surface is None or minimale is None else bool(surface < minimale)


def _sous_occupe(d: Demande) -> bool | None:
    v = d.connus("logement_type", "nb_personnes")
    return None if v is None else PIECES[v[0]] > v[1] + d.droit.nombre("sous_occupation")


def _plafond_max(d: Demande) -> str | None:
    v = d.connus("rfr_n2_eur", "categorie_menage", "zone")
    if v is None:
        return None
    for code in PLAFONDS:
        plafond = d.droit.legale(f"plafonds_{code}", str(v[1]), v[2])
        if plafond is None:
            return None
        if plafond >= v[0]:
            return code
    return "hors"


def _ressources_uc(d: Demande) -> int | None:
    ressources = d.lire("ressources_mensuelles_cent")
    return None if ressources is None else 120 * ressources


CALCULS: Mapping[str, Callable[[Demande], Any]] = {
    "age": _age,
    "anciennete_mois": lambda d: d.mois_depuis("date_depot_initial"),
    "logement_mois": lambda d: d.mois_depuis("logement_depuis"),
    "sans_emploi_mois": lambda d: d.mois_depuis("sans_emploi_depuis"),
    "loyer_net_cent": _loyer_net,
    "uc_dixieme": _uc_dixieme,
    "jeune_menage": _jeune_menage,
    "parent_isole": _parent_isole,
    "categorie_menage": _categorie_menage,
    "surface_minimale_m2": _surface_minimale,
    "suroccupe": _suroccupe,
    "sous_occupe": _sous_occupe,
    "plafond_max_code": _plafond_max,
    "ressources_uc_annuelles_cent": _ressources_uc,
}
