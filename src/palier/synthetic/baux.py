"""Which home each housed request got, and the table of waits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
import polars as pl

from palier.base.yamlstrict import Table
from palier.synthetic.file_attente import FENETRE, FileAttente
from palier.synthetic.lieux import Lieux, load_territoire
from palier.synthetic.lot import Lot, Place, to_series
from palier.synthetic.marges import urne, valeurs
from palier.synthetic.motifs import HLM
from palier.synthetic.souhaits import TYPOLOGIES
from palier.synthetic.tirage import Tableau, draw_below
from palier.tables import colonne, schema

RADIATIONS = colonne("motif_radiation").codes
ATTRIBUTION = RADIATIONS.index("attribution")


@dataclass(frozen=True, slots=True)
class Observations:
    """All requests seen in the window: those that ended, then those that wait.

    Parameters
    ----------
    place : array of int
        Row of the profile in the requests.
    depot, sortie : array of int32
        Filing and end, in days; the end is -1 for those that wait.
    motif : array of uint8
        Why it ended.
    logement : array of int32
        Row of the home, -1 without lease.
    commune : array of int32
        Commune aimed at, or that of the home.
    """

    place: Tableau
    depot: Tableau
    sortie: Tableau
    motif: Tableau
    logement: Tableau
    commune: Tableau


def queue_typologie(lot: Lot) -> Tableau:
    """Choose the one typology that each request queues for, among those it asks."""
    masque = lot["typologies"]
    rang = np.arange(len(TYPOLOGIES), dtype=np.uint32)
    demandees = (masque[:, None] >> rang) & 1 == 1
    basse = demandees.argmax(axis=1)
    haute = len(TYPOLOGIES) - 1 - demandees[:, ::-1].argmax(axis=1)
    pile = lot.rng(Place.CIBLES).integers(0, 2, size=lot.n, dtype=np.uint8) == 1
    return np.asarray(np.maximum(np.where(pile, basse, haute), TYPOLOGIES.index("t1")))


def queue_weights(lot: Lot) -> Tableau:
    """Weight of each request before a freed home."""
    poids = valeurs("poids")
    force: Tableau = np.full(lot.n, poids["base"], dtype=np.int64)
    dalo = lot["dalo"] == colonne("dalo").codes.index("reconnu")
    for cas, cle in (
        (dalo, "dalo"),
        (~dalo & (lot["publics_valides"] > 0), "public_valide"),
        (lot["_groupe"] == HLM, "mutation"),
    ):
        force = np.where(cas, force * poids[cle] // 100, force)
    return force


def yearly_leases(parc: Lot) -> dict[int, int]:
    """Homes freed each year by typology: the stock times its turnover, to the known total."""
    compte = np.bincount(parc["typologie"], minlength=len(TYPOLOGIES))
    rotation = valeurs("rotation")
    poids = {i: int(compte[i]) * rotation.get(code, 0) for i, code in enumerate(TYPOLOGIES)}
    repere = valeurs("attributions_par_an")
    total = max(sum(poids.values()), 1) * repere["logements"]
    baux = {i: repere["baux"] * parc.n * p // total for i, p in poids.items()}
    return {i: b for i, b in baux.items() if b}


def observe(lot: Lot, parc: Lot, attente: FileAttente, typologie: Tableau) -> Observations:
    """Draw the ends without home, and give each housed request a home of its typology."""
    rng = lot.rng(Place.BAUX)
    passages = attente.passages
    ouvertes = np.flatnonzero(~attente.fermee)
    place = np.concatenate([passages.place, ouvertes])
    motif = urne("motif_radiation", RADIATIONS).draw(rng, len(place))
    loge = np.concatenate([passages.loge, np.zeros(len(ouvertes), dtype=np.bool_)])
    motif = np.where(loge, ATTRIBUTION, motif).astype(np.uint8)
    commune = _targets(rng, lot["_communes"][place], parc)
    sortie = np.concatenate([passages.sortie, np.full(len(ouvertes), -1, dtype=np.int32)])
    logement = np.full(len(place), -1, dtype=np.int32)
    loges = np.flatnonzero(loge)
    loges = loges[np.argsort(sortie[loges], kind="stable")]
    logement[loges] = assign_homes(rng, parc, typologie[place[loges]], commune[loges])
    commune = np.where(logement >= 0, parc["_commune"][logement], commune)
    depot = np.concatenate([passages.depot, attente.depot[ouvertes]])
    return Observations(place, depot, sortie, motif, logement, commune)


def _targets(rng: np.random.Generator, communes: Tableau, parc: Lot) -> Tableau:
    """Choose the commune aimed at among those asked for, by the homes that stand there."""
    stock = np.append(np.bincount(parc["_commune"], minlength=int(communes.max()) + 1) + 1, 0)
    cumul = np.cumsum(stock[communes], axis=1)
    tirage = draw_below(rng, cumul[:, -1])
    choix = (tirage[:, None] >= cumul).sum(axis=1)
    return np.take_along_axis(communes, choix[:, None], axis=1)[:, 0]


def assign_homes(rng: np.random.Generator, parc: Lot, typologie: Tableau, commune: Tableau) -> Tableau:
    """Give each housed request a home, no home twice.

    First a home of the typology in the commune aimed at; where these run out,
    any home of the typology.
    """
    largeur = int(parc["_commune"].max(initial=0)) + int(commune.max(initial=0)) + 1
    melange = rng.permutation(parc.n)
    cellule_parc = parc["typologie"][melange].astype(np.int64) * largeur + parc["_commune"][melange]
    par_cellule = np.argsort(cellule_parc, kind="stable")
    cellules, debuts = np.unique(cellule_parc[par_cellule], return_index=True)
    tailles = np.diff(np.append(debuts, parc.n))
    voulue = typologie.astype(np.int64) * largeur + commune
    rang = _rank_within(voulue)
    i = np.minimum(np.searchsorted(cellules, voulue), len(cellules) - 1)
    trouve = (cellules[i] == voulue) & (rang < tailles[i])
    logement = np.full(len(voulue), -1, dtype=np.int32)
    logement[trouve] = melange[par_cellule[debuts[i[trouve]] + rang[trouve]]]
    pris = np.zeros(parc.n, dtype=np.bool_)
    pris[logement[trouve]] = True
    libres = melange[~pris[melange]]
    for code in np.unique(typologie[~trouve]):
        reste = np.flatnonzero(~trouve & (typologie == code))
        dispo = libres[parc["typologie"][libres] == code][: len(reste)]
        logement[reste[: len(dispo)]] = dispo
    return logement


def _rank_within(cles: Tableau) -> Tableau:
    ordre = np.argsort(cles, kind="stable")
    triees = cles[ordre]
    debut = np.concatenate([[True], triees[1:] != triees[:-1]])
    places = np.arange(len(cles))
    rang = np.empty(len(cles), dtype=np.int64)
    rang[ordre] = places - np.maximum.accumulate(np.where(debut, places, 0))
    return rang


@cache
def _secteurs(codes: tuple[str, ...]) -> pl.Series:
    communes = cast(Table, load_territoire()["communes"])
    noms = [str(cast(Table, communes[c])["secteur"]) if c in communes else "" for c in codes]
    return pl.Series(noms)


def lease_frame(
    vues: Observations, numeros: pl.Series, parc: Lot, lieux: Lieux, typologie: Tableau, au: int
) -> pl.DataFrame:
    """Return the table ``baux``: one row per request seen in the last three years."""
    fini, loge = pl.Series(vues.sortie >= 0), pl.Series(vues.logement >= 0)
    table = schema("baux")
    logements = parc.frame("logements").select("logement_id", "qpv_code")[np.maximum(vues.logement, 0)]
    colonnes: dict[str, Tableau | pl.Series] = {
        "numero_unique": numeros,
        "date_depot_initial": vues.depot,
        "entree_date": np.maximum(vues.depot, au - FENETRE + 1),
        "sortie_date": vues.sortie,
        "sortie_motif": vues.motif,
        "bail_date": vues.sortie,
        "logement_id": logements["logement_id"],
        "commune_code": lieux.series.gather(vues.commune),
        "qpv_code": logements["qpv_code"],
        "typologie": typologie[vues.place].astype(np.uint8),
        "secteur": _secteurs(tuple(lieux.codes)).gather(vues.commune),
    }
    frame = pl.DataFrame({nom: to_series(table[nom], v) for nom, v in colonnes.items()})
    return frame.with_columns(
        pl.when(fini).then(pl.col("sortie_date", "sortie_motif")),
        pl.when(loge).then(pl.col("bail_date", "logement_id", "qpv_code")),
    ).sort("numero_unique")
