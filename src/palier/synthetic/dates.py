"""Dates of a request, once its filing date is known, and its unique number."""

from __future__ import annotations

import numpy as np
import polars as pl

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import echelle
from palier.synthetic.motifs import HEBERGE, HLM, PRECAIRE, RUE
from palier.synthetic.tirage import Tableau, draw_below

_MAJORITE = 6575  # days in eighteen years, rounded up
_JOUR_US = 86_400_000_000
_GUICHETS = pl.Series([f"INV{i:02d}" for i in range(100)])


def birth_dates(rng: np.random.Generator, au: int, ages: Tableau) -> Tableau:
    """Return dates of birth, in days, of people of these whole ages at the date of state."""
    jours = rng.integers(0, 365, size=ages.shape, dtype=np.uint16)
    return (au - ages.astype(np.int32) * 1461 // 4 - jours - 1).astype(np.int32)


def draw_dates(lot: Lot, depot: Tableau, fin: Tableau) -> None:
    """Draw every date around the filing: births before, decisions after, none in the future.

    Parameters
    ----------
    lot : Lot
        Batch with its profiles.
    depot, fin : array of int32
        Filing, and end of the request or date of state, in days.
    """
    rng, n, au = lot.rng(Place.DATES), lot.n, lot.au
    lot["date_depot_initial"] = depot
    secondes = 25_200 + draw_below(rng, np.full(n, 54_000))
    lot["horodatage_depot"] = depot.astype(np.int64) * _JOUR_US + secondes * 1_000_000
    naissance = np.minimum(birth_dates(rng, au, lot["_age"]), depot - _MAJORITE)
    lot["naissance"] = naissance
    lot["conjoint_naissance"] = np.minimum(birth_dates(rng, au, lot["_age_conjoint"]), depot - _MAJORITE)
    lot.blank("conjoint_naissance", ~lot["en_couple"])
    lot["_naissances_enfants"] = birth_dates(rng, au, lot["_ages_enfants"])
    annees = (fin - depot) // 365
    renouvellement = np.minimum(depot + 365 * annees + draw_below(rng, np.full(n, 25)), fin)
    lot["_annees"], lot["date_renouvellement"] = annees, renouvellement
    lot.blank("date_renouvellement", annees < 1)
    groupe = lot["_groupe"]
    precaire = (groupe == HEBERGE) | (groupe == PRECAIRE) | (groupe == RUE)
    strate = np.where(groupe == HLM, 0, np.where(precaire, 2, 1))
    duree = echelle("duree_logement_jours", ("locataire_hlm", "autres", "precaire")).draw(rng, n, strate)
    lot["logement_depuis"] = np.maximum(depot - duree, naissance)
    lot["sans_emploi_depuis"] = np.maximum(au - lot["_sans_emploi_jours"], naissance + 16 * 366)
    lot["dalo_date"] = depot + draw_below(rng, np.minimum(fin - depot + 1, 900))
    lot["_date_public"] = depot + draw_below(rng, np.minimum(fin - depot + 1, 700))


def number_requests(lot: Lot, prefixes: Tableau, premier: int) -> pl.Series:
    """Return unique numbers: territory, month and year of filing, sequence, invented desk.

    Parameters
    ----------
    lot : Lot
        Batch with its filing dates.
    prefixes : array of int64
        First three digits, per row.
    premier : int
        Rank of the first row in the whole file; two ranks give two numbers.
    """
    rng, n = lot.rng(Place.NUMEROS), lot.n
    return format_numbers(rng, prefixes, lot["date_depot_initial"], premier + np.arange(n, dtype=np.int64))


def format_numbers(rng: np.random.Generator, prefixes: Tableau, depot: Tableau, rangs: Tableau) -> pl.Series:
    """Write unique numbers; the desk ``INV..`` marks them as invented."""
    mois = depot.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    mmaa = (mois % 12 + 1) * 100 + (mois // 12 + 70) % 100
    chiffres = (prefixes * 10_000 + mmaa) * 1_000_000 + rangs % 1_000_000
    guichet = rng.integers(0, 10, size=len(rangs), dtype=np.uint8).astype(np.int64) * 10
    guichet = guichet + rangs // 1_000_000
    return pl.select(
        pl.concat_str(
            pl.lit(pl.Series(chiffres)).cast(pl.String).str.zfill(13), pl.lit(_GUICHETS.gather(guichet))
        )
    ).to_series()
