"""What is asked for: typologies, communes, and where people live and work."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from palier.synthetic.lieux import Lieux
from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import all_marges, taux, urne
from palier.synthetic.tirage import Tableau, draw_chance, threshold
from palier.tables import colonne

TYPOLOGIES = colonne("typologies").codes
_TAILLES = ("1", "2", "3", "4", "5", "6")
_MAX = 8
_ESSAIS = 12


@cache
def options() -> tuple[str, ...]:
    """Return the wishes of one or two typologies, as written in the marginal."""
    marge = all_marges()["typologies"]
    found = {option for taille in _TAILLES for option in marge.numbers(taille)}
    return tuple(sorted(found))


@cache
def option_masks() -> Tableau:
    """Return the mask of each option."""
    noms = [option.split("+") for option in options()]
    return np.asarray([sum(1 << TYPOLOGIES.index(t) for t in nom) for nom in noms], dtype=np.uint32)


def draw_souhaits(lot: Lot, lieux: Lieux) -> None:
    """Draw the wishes; ``_communes`` keeps the communes as indices, -1 where none."""
    rng, n = lot.rng(Place.SOUHAITS), lot.n
    taille = np.minimum(lot["nb_personnes"], 6) - np.uint8(1)
    option = urne("typologies", options(), _TAILLES).draw(rng, n, taille)
    lot["typologies"] = option_masks()[option]
    handicap = lot["handicap"]
    for nom, marge in (("rez_de_chaussee_seul", "rez_de_chaussee"), ("ascenseur", "ascenseur")):
        seuils = np.where(handicap, threshold(taux(marge, "avec")), threshold(taux(marge, "sans")))
        lot[nom] = draw_chance(rng, n, seuils)
    lot["accepte_autre_commune"] = draw_chance(rng, n, taux("accepte_autre_commune"))
    lot["parking"] = draw_chance(rng, n, taux("parking"))
    _draw_communes(lot, lieux, rng)


def _draw_communes(lot: Lot, lieux: Lieux, rng: np.random.Generator) -> None:
    n = lot.n
    zone = lieux.tirage_zone.draw(rng, n).astype(np.int32)
    debut = lieux.debut[zone]
    chez = debut + lieux.tirage_commune.draw(rng, n, zone)
    voisine = lieux.voisine[zone]
    ailleurs = lieux.debut[voisine] + lieux.tirage_autre.draw(rng, n, voisine)
    if lieux.ailleurs:
        ailleurs = lieux.debut[-1] + rng.integers(0, len(lieux.ailleurs), size=n, dtype=np.uint16)
    habite = draw_chance(rng, n, taux("habite_territoire"))
    habite = habite | (lieux.zone_de[ailleurs] == zone)
    travaille = draw_chance(rng, n, taux("travaille_territoire")) | (lieux.zone_de[ailleurs] == zone)
    bureau = debut + lieux.tirage_commune.draw(rng, n, zone)
    essais = debut[:, None] + lieux.tirage_autre.draw(rng, n * _ESSAIS, np.repeat(zone, _ESSAIS)).reshape(
        n, _ESSAIS
    )
    essais[:, 0] = debut + lieux.tirage_commune.draw(rng, n, zone)
    sienne = habite & draw_chance(rng, n, taux("demande_sa_commune"))
    essais[:, 0] = np.where(sienne, chez, essais[:, 0])
    nombre = urne("localisations_nombre", tuple(str(k) for k in range(1, _MAX + 1))).draw(rng, n) + 1
    if not lieux.ailleurs:
        aussi = draw_chance(rng, n, taux("plusieurs_territoires"))
        nombre = np.maximum(nombre, 1 + aussi.astype(np.uint8))
        essais[:, 1] = np.where(aussi, ailleurs, essais[:, 1])
    communes, compte = keep_distinct(essais, nombre)
    lot["_zone"], lot["_communes"] = zone, communes
    lot["localisations"] = to_lists(lieux, communes, compte)
    lot["zone"] = lieux.plafond[communes[:, 0]]
    lot.blank("zone", lieux.outre_mer[communes[:, 0]])
    lot["vit_sur_territoire"] = habite
    lot["travaille_sur_territoire"] = travaille & lot["_travaille"]
    lot["logement_commune"] = lieux.series.gather(np.where(habite, chez, ailleurs))
    lot["commune_travail"] = lieux.series.gather(np.where(travaille, bureau, ailleurs))
    lot.blank("commune_travail", ~lot["_travaille"])


def keep_distinct(essais: Tableau, nombre: Tableau) -> tuple[Tableau, Tableau]:
    """Keep, per row, the first ``nombre`` distinct values, packed to the left.

    Returns
    -------
    tuple of arrays
        Values (``n`` x 8, -1 where none) and their number per row.
    """
    n, largeur = essais.shape
    nouveau = np.ones((n, largeur), dtype=np.bool_)
    for j in range(1, largeur):
        for i in range(j):
            nouveau[:, j] &= essais[:, i] != essais[:, j]
    rang = np.cumsum(nouveau, axis=1, dtype=np.uint8)
    garde = nouveau & (rang <= nombre[:, None])
    communes = np.full((n, _MAX), -1, dtype=np.int32)
    lignes, places = np.nonzero(garde)
    communes[lignes, rang[lignes, places] - 1] = essais[lignes, places]
    return communes, garde.sum(axis=1, dtype=np.uint32)


def to_lists(lieux: Lieux, communes: Tableau, compte: Tableau) -> pl.Series:
    """Turn packed indices into a list of codes per row."""
    plein = lieux.series.gather(np.maximum(communes, 0).ravel())
    rangs = pl.Series("k", compte)
    listes = plein.reshape(communes.shape).arr.to_list().alias("l")
    return pl.DataFrame([listes, rangs]).select(pl.col("l").list.head(pl.col("k"))).to_series()
