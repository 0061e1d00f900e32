"""The waiting file as a queue: who is housed, who leaves, who still waits.

Each place of the file is held by one request at a time. When it ends, housed or
gone, another of the same profile takes its place: the pending file keeps its
shares, and the flow of new requests follows from the ends. Homes freed go to the
requests of their typology with the smallest draw over weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from palier.synthetic.marges import codes, echelle, taux, urne, valeurs
from palier.synthetic.tirage import TAILLE, Tableau, draw_below, draw_chance, threshold

PAS = 14
QUINZAINES = 260
FENETRE = 1096
_FERMETURE = 13


@dataclass(frozen=True, slots=True)
class Passages:
    """Requests that ended in the window: place in the file, filing, end, and whether housed."""

    place: Tableau
    depot: Tableau
    sortie: Tableau
    loge: Tableau


@dataclass(frozen=True, slots=True)
class FileAttente:
    """The file at the date of state.

    Parameters
    ----------
    depot : array of int32
        Filing of the last request of each place.
    fermee : array of bool
        Places whose last request ended and was not replaced.
    passages : Passages
        Ends of the last three years.
    """

    depot: Tableau
    fermee: Tableau
    passages: Passages


@dataclass
class _Etat:
    depot: Tableau
    aptitude: Tableau
    active: Tableau


def run_file(
    rng: np.random.Generator, au: int, typologie: Tableau, poids: Tableau, baux_par_an: dict[int, int]
) -> FileAttente:
    """Run ten years of fortnights up to the date of state.

    Parameters
    ----------
    rng : Generator
        Stream of the place.
    au : int
        Date of state, in days.
    typologie : array
        Typology queued for, per place.
    poids : array of int
        Weight of each place.
    baux_par_an : dict of int to int
        Homes freed each year, by typology.
    """
    n = len(typologie)
    debut = au - PAS * QUINZAINES + 1
    etat = _Etat(
        depot=(debut - 1 - echelle("anciennete_jours").draw(rng, n)).astype(np.int32),
        aptitude=_aptitudes(rng, n),
        active=np.zeros(n, dtype=np.bool_),
    )
    ordre = rng.permutation(n)
    etat.active[ordre[: _actives(n, QUINZAINES)]] = True
    files = {code: np.flatnonzero(typologie == code) for code in baux_par_an}
    servis = dict.fromkeys(baux_par_an, Fraction(0))
    fermee = np.zeros(n, dtype=np.bool_)
    journal: list[tuple[Tableau, Tableau, Tableau, Tableau]] = []
    for t in range(QUINZAINES):
        jour, reste = debut + PAS * t, QUINZAINES - 1 - t
        sortie = _departures(rng, etat, jour)
        loge = np.zeros(n, dtype=np.bool_)
        for code, places in files.items():
            avant = servis[code]
            servis[code] += Fraction(baux_par_an[code] * PAS, 365) * Fraction(_actives(n, reste), max(n, 1))
            if reste * PAS < FENETRE:
                servis[code] = avant + Fraction(baux_par_an[code] * PAS, 365)
            libres = int(servis[code]) - int(avant)
            candidats = places[etat.active[places] & (sortie[places] < 0)]
            anciennete = 36_500 + valeurs("poids")["par_an"] * (jour - etat.depot[candidats]).astype(np.int64)
            force = poids[candidats] * etat.aptitude[candidats] * anciennete // 36_500
            gagne = candidats[_winners(rng, force, libres)]
            loge[gagne] = True
        sortie[loge] = jour + draw_below(rng, np.full(int(loge.sum()), PAS))
        finies = np.flatnonzero(sortie >= 0)
        if au - jour < FENETRE + PAS:
            journal.append((finies, etat.depot[finies], sortie[finies], loge[finies]))
        close = np.zeros(len(finies), dtype=np.bool_)
        if reste < _FERMETURE:
            close = draw_chance(rng, len(finies), taux("fermees"))
            fermee[finies[close]] = True
            etat.active[finies[close]] = False
        neuves = ordre[_actives(n, reste + 1) : _actives(n, reste)]
        _enter(rng, etat, jour, np.concatenate([finies[~close], neuves]))
    place, depot, sorties, loges = (np.concatenate(parts) for parts in zip(*journal, strict=True))
    dedans = sorties > au - FENETRE
    passages = Passages(place[dedans], depot[dedans], sorties[dedans], loges[dedans])
    return FileAttente(etat.depot, fermee, passages)


def _aptitudes(rng: np.random.Generator, n: int) -> Tableau:
    noms = tuple(codes("aptitude"))
    return np.asarray([int(v) for v in noms], dtype=np.int64)[urne("aptitude", noms).draw(rng, n)]


def _actives(n: int, quinzaines: int) -> int:
    """Places in use some fortnights before the date of state: the file grows each year."""
    pour_mille = valeurs("croissance_par_an")["pour_mille"]
    annees, reste = divmod(quinzaines * PAS, 365)
    part = Fraction(1000, 1000 + pour_mille) ** annees
    return int(n * part * Fraction(365_000, 365_000 + pour_mille * reste))


def _departures(rng: np.random.Generator, etat: _Etat, jour: int) -> Tableau:
    """Return the day on which each request leaves without a home in this fortnight, or -1."""
    n = len(etat.depot)
    annee = (jour + PAS - 1 - etat.depot) // 365
    anniversaire = (annee >= 1) & (annee > (jour - 1 - etat.depot) // 365)
    table = valeurs("depart_anniversaire")
    pour_mille = np.asarray([0, *table.values()], dtype=np.int64) * TAILLE // 1000
    seuil = np.where(anniversaire, pour_mille[np.clip(annee, 0, len(table))], 0)
    part = draw_chance(rng, n, seuil)
    courant = threshold(Fraction(valeurs("depart_courant")["pour_dix_mille"], 10_000))
    quitte = draw_chance(rng, n, courant) & ~part
    date = np.where(part, etat.depot + 365 * annee, jour + draw_below(rng, np.full(n, PAS)))
    return np.where((part | quitte) & etat.active, date, -1).astype(np.int32)


def _winners(rng: np.random.Generator, force: Tableau, libres: int) -> Tableau:
    """Return the places of the smallest draws over force."""
    n = len(force)
    libres = min(libres, n)
    if not libres:
        return np.zeros(0, dtype=np.int64)
    tirage = rng.integers(1, 1 << 32, size=n, dtype=np.uint32).astype(np.int64)
    unique = (tirage << 8) // force * n + np.arange(n, dtype=np.int64)
    return np.partition(unique, libres - 1)[:libres] % n


def _enter(rng: np.random.Generator, etat: _Etat, jour: int, places: Tableau) -> None:
    etat.active[places] = True
    etat.depot[places] = jour + draw_below(rng, np.full(len(places), PAS))
    etat.aptitude[places] = _aptitudes(rng, len(places))
