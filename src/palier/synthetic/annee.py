"""A year of a landlord: homes freed, days of sessions, what the commission chooses, what people answer.

Everything is drawn by place: a home, an attempt. Nothing here reads a base or a clock, so the
same seed plays the same year whatever the order in which the draws are asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from palier.synthetic.lot import Place
from palier.synthetic.tirage import stream

Sens = Literal["oui", "non", "silence"]
_JOUR = dt.timedelta(days=1)
_CENT = 100
_DEPART, _CHOIX, _REPONSE, _VOTE, _ENVOI = range(5)

#: Why a demonstration's commission passes over the first of the order; the texts are invented.
_ECARTS = (
    ("URGENCE", "La famille doit quitter son logement ce mois-ci ; le jugement a été vu en séance."),
    ("ADAPTATION", "Le logement de plain-pied convient mieux à ce ménage."),
    ("CONTINGENT", "L'objectif de publics prioritaires du contingent n'est pas atteint."),
    ("MUTATION", "Ce ménage libère un grand logement, demandé par d'autres."),
)
_REFUS: tuple[tuple[str, dict[str, int | str]], ...] = (
    ("DETTE", {}),
    ("REFUS_ANTERIEUR", {}),
    ("RESS_EFFORT", {"effort": "41 %", "borne": "33 %"}),
)
_PIECES = ("avis_imposition", "ressources", "situation_familiale", "emploi")
_CANAUX = ("ecran", "ecran", "telephone", "papier", "guichet")


@dataclass(frozen=True, slots=True)
class Depart:
    """One home that is freed.

    Parameters
    ----------
    place : int
        Which home, from 0.
    conge_le, bail_fin : date
        Day of the notice, last day of the lease.
    tarde : bool
        Whose réservataire lets its term pass the first time.
    delai : int
        Days that those who propose take.
    """

    place: int
    conge_le: dt.date
    bail_fin: dt.date
    tarde: bool
    delai: int


@dataclass(frozen=True, slots=True)
class Choix:
    """What is proposed for one candidate: code of the decision, rank, paper awaited, reasons."""

    numero: str
    code: str
    rang: int | None = None
    piece: str = ""
    motif: str = ""
    chiffres: tuple[tuple[str, int | str], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """What a person puts to the vote, with the departures from the computed order."""

    choix: tuple[Choix, ...]
    ecarts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a person answers to an offer, after how many days, and by which channel."""

    sens: Sens
    jours: int
    canal: str


def _rng(graine: int, quoi: int, *cle: int) -> np.random.Generator:
    return stream(graine, int(Place.ANNEE), quoi, *cle)


def _below(rng: np.random.Generator, borne: int) -> int:
    return int(rng.integers(0, borne, dtype=np.uint32))


def draw_departs(graine: int, du: dt.date, au: dt.date, nombre: int) -> list[Depart]:
    """Draw the homes freed in a period, by day of notice.

    Examples
    --------
    >>> made = draw_departs(1, dt.date(2026, 1, 1), dt.date(2026, 12, 31), 3)
    >>> [d.conge_le <= d.bail_fin for d in made]
    [True, True, True]
    """
    span = (au - du).days
    made = []
    for place in range(nombre):
        rng = _rng(graine, _DEPART, place)
        told = du + ((span * place + _below(rng, span)) // max(nombre, 1)) * _JOUR
        made.append(
            Depart(
                place,
                told,
                told + (30 + _below(rng, 60)) * _JOUR,
                _below(rng, _CENT) < 15,
                4 + _below(rng, 18),
            )
        )
    return sorted(made, key=lambda d: (d.conge_le, d.place))


def session_days(du: dt.date, au: dt.date, pas_jours: int) -> list[dt.date]:
    """Return the Tuesdays of sessions in a period, the last one being the first after ``au``.

    Examples
    --------
    >>> [d.isoformat() for d in session_days(dt.date(2026, 10, 1), dt.date(2026, 11, 24), 28)]
    ['2026-10-06', '2026-11-03', '2026-12-01']
    """
    last = au + _JOUR
    while last.weekday() != 1:
        last += _JOUR
    days = [last]
    while (before := days[-1] - pas_jours * _JOUR) >= du:
        days.append(before)
    return days[::-1]


def choose(graine: int, place: int, tour: int, ordre: Sequence[str]) -> Proposition:
    """Choose decisions for the candidates of a home, most often in the computed order.

    Parameters
    ----------
    place, tour : int
        Which home, which attempt.
    ordre : sequence of str
        Numbers of the candidates, best first.

    Examples
    --------
    >>> made = choose(1, 0, 1, ["A", "B", "C"])
    >>> sorted(c.numero for c in made.choix)
    ['A', 'B', 'C']
    """
    rng = _rng(graine, _CHOIX, place, tour)
    case, pick, paper = _below(rng, _CENT), _below(rng, 1 << 16), _below(rng, len(_PIECES))
    if len(ordre) == 1:
        return Proposition((Choix(ordre[0], "attribution"),))
    if case < 4 and tour == 1:
        return Proposition(tuple(_refused(numero, pick) for numero in ordre))
    if case < 16:
        code, text = _ECARTS[pick % len(_ECARTS)]
        ranked = [ordre[1], ordre[0], *ordre[2:]]
        return Proposition(_ranks(ranked), ((ordre[0], code, text),))
    if case < 30:
        kept = [n for k, n in enumerate(ordre) if k != pick % len(ordre)]
        refused = _refused(ordre[pick % len(ordre)], pick >> 4)
        given = _ranks(kept) if len(kept) > 1 else (Choix(kept[0], "attribution"),)
        return Proposition((*given, refused))
    if case < 38:
        first, *others = _ranks(ordre)
        waits = Choix(first.numero, "attribution_condition", 1, _PIECES[paper])
        return Proposition((waits, *others))
    return Proposition(_ranks(ordre))


def _ranks(numeros: Sequence[str]) -> tuple[Choix, ...]:
    return tuple(Choix(numero, "attribution_rang", rang) for rang, numero in enumerate(numeros, 1))


def _refused(numero: str, pick: int) -> Choix:
    code, figures = _REFUS[pick % len(_REFUS)]
    return Choix(numero, "non_attribution", motif=code, chiffres=tuple(figures.items()))


def draw_votes(graine: int, place: int, tour: int, presents: int) -> list[str]:
    """Draw the ballots of those present: adopted, sometimes not by all.

    Examples
    --------
    >>> votes = draw_votes(1, 0, 1, 5)
    >>> votes.count("oui") > votes.count("non")
    True
    """
    rng = _rng(graine, _VOTE, place, tour)
    spare = (presents - 1) // 2
    against, silent = _below(rng, _CENT) < 20, _below(rng, _CENT) < 25
    marks = ["non"] * min(against, spare) + ["abstention"] * min(silent, max(0, spare - against))
    return ["oui"] * (presents - len(marks)) + marks


def draw_reponse(graine: int, place: int, tour: int, rang: int) -> Reponse:
    """Draw what a person answers to the offer of a home.

    Examples
    --------
    >>> draw_reponse(1, 0, 1, 1).sens in ("oui", "non", "silence")
    True
    """
    rng = _rng(graine, _REPONSE, place, tour, rang)
    case = _below(rng, _CENT)
    sens: Sens = "oui" if case < 66 else "non" if case < 86 else "silence"
    return Reponse(sens, 1 + _below(rng, 6), _CANAUX[_below(rng, len(_CANAUX))])


def draw_delais(graine: int, place: int, tour: int) -> tuple[int, int]:
    """Draw the days until a letter is received, and from the acceptance to the lease."""
    rng = _rng(graine, _ENVOI, place, tour)
    return 1 + _below(rng, 3), 4 + _below(rng, 18)
