"""The file of France, chunk by chunk, in bounded memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from palier.synthetic.controles import check_date, check_graine, check_nombres
from palier.synthetic.dates import draw_dates, number_requests
from palier.synthetic.demandes import draw_profils
from palier.synthetic.evenements import Journal, add_offers, add_ordinary
from palier.synthetic.lieux import lieux_national
from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import echelle, urne
from palier.synthetic.parc import draw_parc
from palier.tables import colonne

_STATUTS = colonne("statut").codes
_RADIATIONS = colonne("motif_radiation").codes
_FICHIER = 1_000_000


@dataclass(frozen=True, slots=True)
class Morceau:
    """A chunk of one table."""

    table: Literal["demandes", "evenements", "logements"]
    frame: pl.DataFrame


def generate_national(
    graine: int,
    au: dt.date,
    demandes: int = 2_900_000,
    logements: int = 5_400_000,
    morceau: int = 100_000,
    ressources_nulles_avec_loyer: int = 0,
) -> Iterator[Morceau]:
    """Invent the national file, one chunk at a time.

    Parameters
    ----------
    graine : int
        Seed, 0 or more. With the same seed and the same size of chunks, the
        same bytes.
    au : date
        Date of state.
    demandes, logements : int
        Rows of each table.
    morceau : int
        Rows of a chunk.
    ressources_nulles_avec_loyer : int
        Requests of the first chunk spoilt on purpose.

    Yields
    ------
    Morceau
        Each chunk of ``demandes`` followed by its ``evenements``, then those of
        ``logements``.

    Raises
    ------
    UsageError
        SYN-011 (date), SYN-012 (counts), SYN-013 (seed).
    """
    check_graine(graine)
    check_date(au)
    check_nombres(demandes, logements, morceau)
    return _chunks(graine, au, demandes, logements, morceau, ressources_nulles_avec_loyer)


def _chunks(
    graine: int, au: dt.date, demandes: int, logements: int, morceau: int, nulles: int
) -> Iterator[Morceau]:
    for i, premier in enumerate(range(0, demandes, morceau)):
        n = min(morceau, demandes - premier)
        yield from demandes_chunk(graine, au, i, premier, n, nulles if i == 0 else 0)
    for i, premier in enumerate(range(0, logements, morceau)):
        yield logements_chunk(graine, au, i, premier, min(morceau, logements - premier))


def _lot(graine: int, au: dt.date, i: int, n: int) -> Lot:
    return Lot(graine, _FICHIER + i, n, (au - dt.date(1970, 1, 1)).days)


def demandes_chunk(
    graine: int, au: dt.date, i: int, premier: int, n: int, nulles: int = 0
) -> tuple[Morceau, Morceau]:
    """Generate chunk ``i`` of the requests alone, and its events."""
    lieux, lot = lieux_national(), _lot(graine, au, i, n)
    draw_profils(lot, lieux, au.year, nulles)
    rng = lot.rng(Place.FILE)
    depot = lot.au - echelle("anciennete_jours").draw(rng, n)
    statut = urne("statut", _STATUTS).draw(rng, n)
    attribuee = statut == _STATUTS.index("attribuee")
    close = attribuee | (statut == _STATUTS.index("radiee"))
    recul = rng.integers(0, 90, size=n, dtype=np.uint8).astype(np.int32)
    fin = np.where(close, np.maximum(lot.au - recul, depot), lot.au).astype(np.int32)
    motif = urne("motif_radiation", _RADIATIONS).draw(rng, n)
    draw_dates(lot, depot, fin)
    lot["statut"] = statut
    lot["motif_radiation"] = np.where(attribuee, _RADIATIONS.index("attribution"), motif)
    lot.blank("motif_radiation", ~close)
    numeros = number_requests(lot, lieux.prefixes[lot["_zone"]], premier)
    lot["numero_unique"] = numeros
    journal = Journal()
    add_ordinary(journal, lot, fin)
    add_offers(journal, lot, fin)
    lignes = np.flatnonzero(close)
    journal.add(lignes, fin[lignes], "radiation")
    return Morceau("demandes", lot.frame("demandes")), Morceau("evenements", journal.frame(numeros))


def logements_chunk(graine: int, au: dt.date, i: int, premier: int, n: int) -> Morceau:
    """Generate chunk ``i`` of the homes alone."""
    lot = _lot(graine, au, i, n)
    draw_parc(lot, lieux_national(), premier)
    return Morceau("logements", lot.frame("logements"))
