"""Social homes: where, what, for whom and at which rent."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import cast

import numpy as np
import polars as pl

from palier.base.identifiers import is_siren
from palier.base.yamlstrict import Table
from palier.synthetic.habitat import TYPES
from palier.synthetic.lieux import ILE_DE_FRANCE, Lieux, load_territoire
from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import codes, echelle, taux, urne, valeurs
from palier.synthetic.tirage import Tableau, Urne, draw_chance
from palier.tables import colonne

_ACCESSIBLE_DES = 2007
_FINANCEMENTS = colonne("financement").codes


def draw_parc(lot: Lot, lieux: Lieux, premier: int = 0) -> None:
    """Draw ``lot.n`` homes; ``premier`` is the rank of the first one in the whole stock."""
    rng, n = lot.rng(Place.PARC), lot.n
    territoire = bool(lieux.ailleurs)
    zone = lieux.tirage_zone_parc.draw(rng, n).astype(np.int32)
    if territoire:
        commune = _tirage_territoire().draw(rng, n).astype(np.int32)
        lot["qpv_code"] = _districts(rng, lot, commune)
        lot["bailleur"] = _gather_bailleurs(rng, n)
    else:
        commune = lieux.debut[zone] + lieux.tirage_commune.draw(rng, n, zone)
        lot["qpv_code"] = _qpv_inventes(lieux).gather(zone * 2 + rng.integers(0, 2, size=n, dtype=np.uint8))
        lot.blank("qpv_code", ~draw_chance(rng, n, taux("qpv_national")))
        lot["bailleur"] = _bailleurs_inventes(len(lieux.zones)).gather(
            zone * 3 + rng.integers(0, 3, size=n, dtype=np.uint8)
        )
    lot["_commune"] = commune
    lot["commune_code"] = lieux.series.gather(commune)
    rangs = premier + np.arange(n, dtype=np.int64)
    chiffres = pl.Series(lieux.prefixes[zone] * 10_000_000 + rangs)
    lot["logement_id"] = pl.select(pl.lit("INV") + pl.lit(chiffres).cast(pl.String).str.zfill(10)).to_series()
    nom = "typologie_territoire" if territoire else "typologie_national"
    lot["typologie"] = urne(nom, TYPES).draw(rng, n)
    _draw_bati(lot, rng)
    _draw_loyer(lot, rng, _is_idf(lieux)[zone])


def _draw_bati(lot: Lot, rng: np.random.Generator) -> None:
    n = lot.n
    courante = np.asarray([valeurs("surface_courante")[code] for code in TYPES], dtype=np.int32)
    surface = courante[lot["typologie"]] * echelle("surface_pour_cent").draw(rng, n) // 100
    lot["surface_m2"] = surface.astype(np.int16)
    etages = tuple(codes("etage"))
    etage = np.asarray([int(e) for e in etages], dtype=np.int16)[urne("etage", etages).draw(rng, n)]
    annee = echelle("construction_annee").draw(rng, n)
    lot["etage"], lot["construction_annee"] = etage, annee.astype(np.int16)
    lot["avec_ascenseur"] = (etage >= 4) | ((etage >= 2) & (annee >= 1990))
    recent = draw_chance(rng, n, taux("accessible", "apres"))
    ancien = draw_chance(rng, n, taux("accessible", "avant"))
    pied = (etage == 0) | lot["avec_ascenseur"]
    lot["accessible"] = np.where(annee >= _ACCESSIBLE_DES, recent, ancien) & pied
    lot["reservataire"] = urne("reservataire", colonne("reservataire").codes).draw(rng, n)


def _draw_loyer(lot: Lot, rng: np.random.Generator, idf: Tableau) -> None:
    n, surface = lot.n, lot["surface_m2"].astype(np.int64)
    financement = urne("financement", _FINANCEMENTS).draw(rng, n)
    par_m2 = np.asarray([valeurs("loyer_parc_m2_cent")[code] for code in _FINANCEMENTS], dtype=np.int64)
    loyer = par_m2[financement] * surface * echelle("loyer_pour_cent").draw(rng, n) // 100
    lot["financement"] = financement
    lot["loyer_logement_cent"] = np.where(idf, loyer * valeurs("majoration_idf")["idf"] // 100, loyer)
    lot["charges_logement_cent"] = valeurs("charges_m2_cent")["locataire_hlm"] * surface


@cache
def _is_idf(lieux: Lieux) -> Tableau:
    return np.asarray([zone.departement in ILE_DE_FRANCE for zone in lieux.zones], dtype=np.bool_)


@cache
def _tirage_territoire() -> Urne:
    communes = [cast(Table, noeud) for noeud in cast(Table, load_territoire()["communes"]).values()]
    return Urne([[Fraction(int(str(c["population"])) * int(str(c["taux_social"]))) for c in communes]])


@cache
def quartiers() -> dict[str, tuple[str, int]]:
    """Return the priority districts of the territory: code to commune and share of its homes (%)."""
    table = cast(Table, load_territoire()["quartiers"])
    return {
        code: (str(cast(Table, q)["commune"]), int(str(cast(Table, q)["part"]))) for code, q in table.items()
    }


@cache
def _tirage_quartiers(communes: tuple[str, ...]) -> Urne:
    """One line per commune; the last code means outside any district."""
    lignes = []
    for commune in communes:
        parts = [Fraction(part if ou == commune else 0) for ou, part in quartiers().values()]
        lignes.append([*parts, Fraction(100) - sum(parts, Fraction(0))])
    return Urne(lignes)


def _districts(rng: np.random.Generator, lot: Lot, commune: Tableau) -> pl.Series:
    communes = tuple(cast(Table, load_territoire()["communes"]))
    place = _tirage_quartiers(communes).draw(rng, lot.n, commune)
    lot.blank("qpv_code", place == len(quartiers()))
    return pl.Series([*quartiers(), ""]).gather(place)


@cache
def bailleurs() -> dict[str, int]:
    """Return the invented landlords of the territory and their share of the stock."""
    table = cast(Table, load_territoire()["bailleurs"])
    return {code: int(str(cast(Table, noeud)["part"])) for code, noeud in table.items()}


def _gather_bailleurs(rng: np.random.Generator, n: int) -> pl.Series:
    return pl.Series(list(bailleurs())).gather(draw_bailleurs(rng, n))


def draw_bailleurs(rng: np.random.Generator, n: int) -> Tableau:
    """Draw landlords of the territory, as indices."""
    return Urne([[Fraction(part) for part in bailleurs().values()]]).draw(rng, n)


@cache
def _qpv_inventes(lieux: Lieux) -> pl.Series:
    return pl.Series([f"INV-{zone.code}-{k}" for zone in lieux.zones for k in (1, 2)])


@cache
def _bailleurs_inventes(zones: int) -> pl.Series:
    """Three landlords per zone: a SIREN that begins with 000 is never given out."""
    return pl.Series([_siren(100 + k) for k in range(zones * 3)])


def _siren(rang: int) -> str:
    return next(s for s in (f"{rang:08d}{cle}" for cle in range(10)) if is_siren(s))
