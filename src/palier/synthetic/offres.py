"""Invented public offers of invented homes: to rent, to buy, business premises.

Each offer of a home is that of a home of the stock, with its landlord, commune,
size, financing and rent; what an ad adds is drawn. Places are known by their
codes alone; a caller who has points or postal codes gives them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from palier.base.errors import Problem, UsageError
from palier.synthetic.controles import check_date, check_graine, check_nombres
from palier.synthetic.lieux import ILE_DE_FRANCE
from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import taux, urne
from palier.synthetic.national import logements_chunk
from palier.synthetic.offres_annonce import draw_energy, draw_life, draw_premises, draw_rent, draw_sale
from palier.synthetic.offres_mots import draw_words
from palier.synthetic.tirage import Tableau, draw_below, draw_chance, stream
from palier.tables import colonne, schema

_DOSSIER, _FICHIER = 2_000_000, 3_000_000
_PREMIER = dt.date(2025, 1, 1)
_FINANCEMENTS = {"plai": "plai", "plus": "plus", "pls": "pls", "hors": "hlm_ancien"}
# Areas at which an ad does not surprise, in m2.
_SURFACES = {
    "t1": (14, 60),
    "t2": (26, 95),
    "t3": (42, 130),
    "t4": (56, 170),
    "t5": (70, 210),
    "t6": (86, 250),
}
_ARRONDISSEMENTS = {"75056": (75_101, 20), "69123": (69_381, 9), "13055": (13_201, 16)}
_PAR_LOGEMENT = 3
ECART_LON, ECART_LAT = 8_000, 6_000


@dataclass(frozen=True, slots=True)
class Natures:
    """Masks of the rows of each nature."""

    location: Tableau
    vente_hlm: Tableau
    location_accession: Tableau
    brs: Tableau
    vefa_accession: Tableau
    local_activite: Tableau

    @property
    def neuf(self) -> Tableau:
        """Homes that are not built yet."""
        return self.location_accession | self.brs | self.vefa_accession


def generate_offres(
    graine: int,
    au: dt.date,
    logements: pl.DataFrame,
    n: int = 3_000,
    lieux: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Invent offers of homes of a stock.

    Parameters
    ----------
    graine : int
        Seed: the same seed and stock give the same bytes.
    au : date
        Date of state, 2025 or later: law of ads and certificates are those of that time.
    logements : table ``logements``
        Where the offers are: ``generate_territoire(…).logements``.
    n : int
        Offers; fewer when the stock has not enough homes that an ad would not surprise.
    lieux : polars.DataFrame, optional
        ``commune_code`` and, where known, ``longitude``, ``latitude`` (degrees, a point of
        the commune: offers are strewn within about 800 m) and ``code_postal``.

    Returns
    -------
    polars.DataFrame
        Table ``offres``; every row passes the rules of deposit.

    Raises
    ------
    UsageError
        SYN-011 (date), SYN-012 (number), SYN-013 (seed).

    Examples
    --------
    >>> import datetime as dt
    >>> from palier.synthetic import generate_territoire
    >>> au = dt.date(2026, 11, 24)
    >>> petit = generate_territoire(1, au, taille=0.01)
    >>> len(generate_offres(1, au, petit.logements, n=30))
    30
    """
    _check(graine, au, n)
    return _draw(graine, au, _DOSSIER, logements, n, 0, lieux)


def generate_offres_national(
    graine: int,
    au: dt.date,
    n: int = 100_000,
    morceau: int = 20_000,
    lieux: pl.DataFrame | None = None,
) -> Iterator[pl.DataFrame]:
    """Invent offers over the country, one chunk of the table ``offres`` at a time.

    Homes are the first ones of each chunk of the national stock of the same seed.

    Raises
    ------
    UsageError
        SYN-011 (date), SYN-012 (numbers), SYN-013 (seed).
    """
    _check(graine, au, n)
    check_nombres(0, n, morceau)
    return _chunks(graine, au, n, morceau, lieux)


def _chunks(
    graine: int, au: dt.date, n: int, morceau: int, lieux: pl.DataFrame | None
) -> Iterator[pl.DataFrame]:
    for i, premier in enumerate(range(0, n, morceau)):
        size = min(morceau, n - premier)
        homes = logements_chunk(graine, au, i, premier * _PAR_LOGEMENT, size * _PAR_LOGEMENT).frame
        yield _draw(graine, au, _FICHIER + i, homes, size, premier, lieux)


def _check(graine: int, au: dt.date, n: int) -> None:
    check_graine(graine)
    check_date(au)
    check_nombres(0, n, 1)
    if au < _PREMIER:
        raise UsageError(
            Problem(
                "SYN-011",
                "",
                f"La date {au.isoformat()} précède le droit des annonces.",
                "Donnez une date de 2025 ou d'après.",
            )
        )


def _draw(
    graine: int,
    au: dt.date,
    cle: int,
    logements: pl.DataFrame,
    n: int,
    premier: int,
    lieux: pl.DataFrame | None,
) -> pl.DataFrame:
    homes = _split_cities(_pick(stream(graine, cle, Place.OFFRES, 1), logements, n))
    lot = Lot(graine, cle, homes.height, (au - dt.date(1970, 1, 1)).days)
    rng = lot.rng(Place.OFFRES)
    natures = _natures(rng, lot.n)
    _borrow(lot, homes, natures, premier)
    idf = homes["commune_code"].str.slice(0, 2).is_in(sorted(ILE_DE_FRANCE)).to_numpy()
    draw_life(lot, rng, natures.location, natures.local_activite)
    draw_rent(lot, rng, natures.location)
    draw_sale(lot, rng, natures.vente_hlm, natures.neuf, idf, au)
    draw_energy(lot, rng, natures.neuf, natures.local_activite, natures.vente_hlm, au)
    draw_premises(lot, rng, natures.local_activite)
    draw_words(lot, rng, natures.local_activite)
    _strew(lot, rng, lieux)
    found = lot.frame("offres")
    absent = [c for c in schema("offres").colonnes if c.nom not in found.columns]
    return found.with_columns(pl.lit(None, dtype=c.dtype).alias(c.nom) for c in absent).select(
        *schema("offres").polars
    )


def _pick(rng: np.random.Generator, logements: pl.DataFrame, n: int) -> pl.DataFrame:
    """Keep homes whose ad would not surprise, and take ``n`` of them in a random order."""
    kinds = logements["typologie"].cast(pl.String)
    low, high = ({k: bounds[i] for k, bounds in _SURFACES.items()} for i in (0, 1))
    area, rent = pl.col("surface_m2").cast(pl.Int64), pl.col("loyer_logement_cent").cast(pl.Int64)
    bounds = pl.DataFrame(
        {"bas": kinds.replace_strict(low, default=0), "haut": kinds.replace_strict(high, default=-1)}
    )
    usual = logements.hstack(bounds).with_row_index("_i").filter(
        (area >= pl.col("bas")) & (area <= pl.col("haut")) & (rent > 0) & (rent * 5 < area * 7_000)
        & (rent < 700 * (area + 20)) & (pl.col("charges_logement_cent") <= rent)
    )  # fmt: skip
    keys = rng.integers(0, 1 << 62, size=logements.height, dtype=np.int64)
    order = np.argsort(keys[usual["_i"].to_numpy()], kind="stable")[:n]
    return usual[order].drop("_i", "bas", "haut")


def _split_cities(homes: pl.DataFrame) -> pl.DataFrame:
    """Give Paris, Lyon and Marseille their arrondissements, which an ad must name, in turn."""
    code, rank = pl.col("commune_code"), pl.int_range(pl.len(), dtype=pl.Int64)
    turned = code
    for city, (first, many) in _ARRONDISSEMENTS.items():
        turned = pl.when(code == city).then((first + rank % many).cast(pl.String)).otherwise(turned)
    return homes.with_columns(turned.alias("commune_code"))


def _natures(rng: np.random.Generator, n: int) -> Natures:
    codes = colonne("nature").codes
    drawn = urne("nature_offre", codes).draw(rng, n)
    return Natures(*(drawn == codes.index(nom) for nom in Natures.__slots__))


def _borrow(lot: Lot, homes: pl.DataFrame, natures: Natures, premier: int) -> None:
    """Take from the home what the ad repeats."""
    rangs = pl.Series(premier + np.arange(lot.n))
    lot["reference_bailleur"] = pl.select(
        pl.lit("INV-") + pl.lit(rangs).cast(pl.String).str.zfill(7)
    ).to_series()
    for nom in ("bailleur", "commune_code", "qpv_code"):
        lot[nom] = homes[nom]
    codes = colonne("nature").codes
    lot["nature"] = sum(
        (getattr(natures, nom) * codes.index(nom) for nom in Natures.__slots__),
        np.zeros(lot.n, dtype=np.uint8),
    )
    local, house = natures.local_activite, draw_chance(lot.rng(Place.CIBLES), lot.n, taux("maison"))
    for nom in ("surface_m2", "etage", "construction_annee"):
        lot[nom] = homes[nom].to_numpy().copy()
    lot["typologie"] = homes["typologie"].to_physical().to_numpy().copy()
    lot["avec_ascenseur"] = homes["avec_ascenseur"].to_numpy().copy()
    lot["_accessible"] = homes["accessible"].to_numpy()
    lot["_loyer"] = homes["loyer_logement_cent"].cast(pl.Int64).to_numpy()
    lot["_charges"] = homes["charges_logement_cent"].cast(pl.Int64).to_numpy()
    financements = colonne("financement_offre").codes
    named = homes["financement"].cast(pl.String).replace(_FINANCEMENTS)
    lot["_financement"] = named.replace_strict({c: i for i, c in enumerate(financements)}).to_numpy()
    house &= (lot["etage"] == 0) & ~local
    lot["type_bien"] = house.astype(np.uint8)
    more = draw_below(lot.rng(Place.DECISIONS), np.full(lot.n, 5))
    lot["nb_etages"] = (np.maximum(lot["etage"], 0) + more).astype(np.uint8)
    lot["nb_chambres"] = np.maximum(lot["typologie"].astype(np.int16) - 1, 0).astype(np.uint8)
    for nom in ("etage", "avec_ascenseur", "nb_etages"):
        lot.blank(nom, house | local)
    for nom in ("typologie", "nb_chambres", "type_bien"):
        lot.blank(nom, local)
    lot.blank("qpv_code", homes["qpv_code"].is_null().to_numpy())
    lot.blank("construction_annee", natures.neuf)


def _strew(lot: Lot, rng: np.random.Generator, lieux: pl.DataFrame | None) -> None:
    """Put the offers around the point of their commune, where the caller gave one."""
    east = draw_below(rng, np.full(lot.n, 2 * ECART_LON)) - ECART_LON
    north = draw_below(rng, np.full(lot.n, 2 * ECART_LAT)) - ECART_LAT
    if lieux is None:
        return
    known = pl.DataFrame({"commune_code": lot.colonnes["commune_code"]}).join(
        lieux.unique("commune_code", keep="first", maintain_order=True),
        on="commune_code",
        how="left",
        maintain_order="left",
    )
    if "code_postal" in known.columns:
        lot["code_postal"] = known["code_postal"]
    for nom, shift in (("longitude", east), ("latitude", north)):
        if nom in known.columns:
            micro = (known[nom].cast(pl.Float64) * 1e6).round().cast(pl.Int64) + pl.Series(shift)
            lot[nom] = (micro.cast(pl.Decimal(16, 6)) / 1_000_000).cast(colonne(nom).dtype)
