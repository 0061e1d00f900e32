"""Scales: every value must fall in exactly one band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from palier.engines.cotation.checks.constats import Constats, joined, value_text
from palier.engines.cotation.checks.intervalles import (
    Domaine,
    Intervalle,
    Tranche,
    domain_of,
    interval_of_bornes,
    interval_text,
    is_empty,
    meet,
    single_value,
    split,
)
from palier.engines.cotation.checks.seuils import Choix, Seuils, choice_text
from palier.engines.cotation.model.nodes import Bandes, Critere
from palier.law import LoiAu

_COTES = "« des » (≥) et « jusqu_a » (≤) prennent la valeur, « plus_de » (>) et « moins_de » (<) la laissent"


def check_bandes(constats: Constats, critere: Critere, loi: LoiAu | None) -> None:
    """Say overlaps, holes, bounds on no side or on two, bands never reached.

    Thresholds read in tables are compared for every key; the first key at
    fault is named.
    """
    if not isinstance(critere.mecanisme, Bandes):
        return
    mecanisme = critere.mecanisme
    bornes = [borne for bande in mecanisme.bandes for borne in bande.bornes]
    seuils = Seuils(mecanisme.source, constats.grille, loi)
    choices = seuils.choices(bornes)
    if choices is None:
        constats.warn(
            "031",
            critere.ligne,
            f"les bandes du critère « {critere.id} » lisent leurs seuils dans une table inconnue ici : "
            "ni chevauchement ni trou n'ont pu être cherchés.",
            "Vérifiez la grille avec la loi à une date, ou corrigez le nom de la table.",
        )
        return
    said: set[tuple[str, tuple[int, ...]]] = set()
    for choice in choices:
        for fault in _faults(critere, mecanisme, seuils, choice):
            if (fault.code, fault.bandes) not in said:
                said.add((fault.code, fault.bandes))
                constats.add(fault.code, fault.ligne, fault.constat, fault.que_faire)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a scale; the same one is said for one key only."""

    code: str
    bandes: tuple[int, ...]
    ligne: int
    constat: str
    que_faire: str


def _faults(critere: Critere, mecanisme: Bandes, seuils: Seuils, choice: Choix) -> Iterator[Fault]:
    domain = domain_of(mecanisme.source)
    intervals = [
        interval_of_bornes(bande.bornes, seuils.values(bande.bornes, choice), domain.entier)
        for bande in mecanisme.bandes
    ]
    written = [
        {(b.basse, v) for b, v in zip(bande.bornes, seuils.values(bande.bornes, choice), strict=True)}
        for bande in mecanisme.bandes
    ]
    scale = _Scale(critere, mecanisme, domain, intervals, written, choice_text(choice))
    useless = {place for place in range(len(intervals)) if scale.is_useless(place)}
    for place in sorted(useless):
        yield scale.never(place)
    for tranche in split(domain, intervals):
        over = tuple(place for place in tranche.bandes if place not in useless)
        if len(over) > 1:
            yield scale.twice(Tranche(tranche.intervalle, over))
        elif not tranche.bandes:
            yield scale.nowhere(tranche)


class _Scale:
    """The bands of one criterion with their thresholds resolved."""

    def __init__(
        self,
        critere: Critere,
        mecanisme: Bandes,
        domain: Domaine,
        intervals: Sequence[Intervalle],
        written: Sequence[set[tuple[bool, Fraction]]],
        key: str,
    ) -> None:
        self.critere, self.bandes, self.domain = critere, mecanisme.bandes, domain
        self.intervals, self.written = intervals, written
        self.where = f"le critère « {critere.id} »{key}"

    def is_useless(self, place: int) -> bool:
        """Tell whether a band is empty, or wholly covered by those before it."""
        own = meet(self.intervals[place], self.domain.intervalle)
        if is_empty(own):
            return True
        inner = Domaine(self.domain.source, self.domain.entier, own)
        return all(tranche.bandes for tranche in split(inner, self.intervals[:place]))

    def never(self, place: int) -> Fault:
        """Say that a band gives its points to nobody."""
        own = meet(self.intervals[place], self.domain.intervalle)
        if is_empty(self.intervals[place]):
            why, advice = "ses deux bornes se contredisent", "Mettez la plus petite valeur en bas."
        elif is_empty(own):
            why, advice = "aucune demande ne peut avoir ces valeurs", "Corrigez les bornes, ou retirez-la."
        else:
            why = "les bandes écrites avant elle prennent déjà toutes ses demandes"
            advice = "Retirez-la, ou corrigez les bornes."
        words = f"la bande {place + 1} ne sert à personne dans {self.where} : {why}."
        return Fault("034", (place,), self._line(place), words, advice)

    def twice(self, tranche: Tranche) -> Fault:
        """Say that values fall in several bands, or a bound on two sides."""
        numbers = joined(str(place + 1) for place in tranche.bandes)
        line = self._line(tranche.bandes[-1])
        value = self._shared_bound(tranche)
        if value is not None:
            words = f"dans {self.where}, la valeur {value} tombe dans deux bandes ({numbers})."
            return Fault("032", tranche.bandes, line, words, f"Gardez-la d'un seul côté : {_COTES}.")
        stretch = interval_text(self.domain, tranche.intervalle)
        words = f"dans {self.where}, les bandes {numbers} se chevauchent sur {stretch}."
        return Fault(
            "030", tranche.bandes, line, words, "Faites commencer chaque bande où finit la précédente."
        )

    def nowhere(self, tranche: Tranche) -> Fault:
        """Say that values fall in no band, or a bound on no side."""
        place = self._before(tranche)
        line = self._line(place) if place is not None else self.critere.ligne
        value = self._lost_bound(tranche)
        if value is not None:
            words = f"dans {self.where}, la valeur {value} ne tombe dans aucune bande."
            return Fault("032", (-1, place or 0), line, words, f"Prenez-la d'un côté : {_COTES}.")
        words = f"dans {self.where}, aucune bande ne prend {interval_text(self.domain, tranche.intervalle)}."
        advice = "Ajoutez une bande pour ces valeurs, au besoin avec « points: 0 »."
        return Fault("031", (-1, -1 if place is None else place), line, words, advice)

    def _line(self, place: int) -> int:
        return self.bandes[place].ligne or self.critere.ligne

    def _before(self, tranche: Tranche) -> int | None:
        start = tranche.intervalle[0]
        return next((k for k, i in enumerate(self.intervals) if i[1] == start), None)

    def _shared_bound(self, tranche: Tranche) -> str | None:
        only = single_value(tranche.intervalle, self.domain.entier)
        if only is None or len(tranche.bandes) != 2:
            return None
        one, other = (self.written[place] for place in tranche.bandes)
        sides = ({b for b, v in one if v == only}, {b for b, v in other if v == only})
        return (
            value_text(self.domain.source, only) if sides[0] and sides[1] and sides[0] != sides[1] else None
        )

    def _lost_bound(self, tranche: Tranche) -> str | None:
        only = single_value(tranche.intervalle, self.domain.entier)
        if only is None:
            return None
        sides = {(place, basse) for place, w in enumerate(self.written) for basse, v in w if v == only}
        both = {basse for _, basse in sides} == {True, False}
        return value_text(self.domain.source, only) if both else None
