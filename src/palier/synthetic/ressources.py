"""Work and money: monthly resources, tax income, what the household says it can pay."""

from __future__ import annotations

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import echelle, taux, urne
from palier.synthetic.motifs import HEBERGE, PRECAIRE, RUE
from palier.synthetic.tirage import Tableau, draw_chance, threshold
from palier.tables import colonne

EMPLOIS = colonne("situation_professionnelle").codes
TRANCHES = ("18_24", "25_39", "40_54", "55_61", "62_120")
_AU_TRAVAIL = [EMPLOIS.index(code) for code in ("cdi", "cdd", "independant", "apprenti")]
_SANS_EMPLOI = [EMPLOIS.index(code) for code in ("chomage", "sans_activite")]


def draw_emploi(lot: Lot) -> None:
    """Draw the work situation by age."""
    rng, n = lot.rng(Place.RESSOURCES), lot.n
    tranche = np.searchsorted(np.asarray([25, 40, 55, 62]), lot["_age"], side="right")
    emploi = urne("situation_professionnelle", EMPLOIS, TRANCHES).draw(rng, n, tranche)
    lot["situation_professionnelle"] = emploi
    lot["_travaille"] = np.isin(emploi, _AU_TRAVAIL)
    lot["travailleur_essentiel"] = lot["_travaille"] & draw_chance(rng, n, taux("travailleur_essentiel"))
    lot["_sans_emploi_jours"] = echelle("sans_emploi_jours").draw(rng, n)
    lot.blank("sans_emploi_depuis", ~np.isin(emploi, _SANS_EMPLOI))
    par_uc = echelle("ressources_uc_eur", EMPLOIS).draw(rng, n, emploi)
    centimes = rng.integers(0, 100, size=n, dtype=np.int8)
    quatorze = lot["nb_personnes"].astype(np.int64) - lot["nb_moins_14"]
    uc = 5 + 5 * quatorze + 3 * lot["nb_moins_14"].astype(np.int64)
    lot["_uc"] = uc
    lot["_ressources"] = par_uc * uc * 10 + centimes
    lot["_rfr"] = lot["_ressources"] * 12 // 100 * echelle("rfr_pour_cent").draw(rng, n) // 100
    lot["_rfr_n1"] = lot["_rfr"] * echelle("rfr_n1_pour_cent").draw(rng, n) // 100
    lot["_sans"] = rng.integers(0, 1 << 16, size=n, dtype=np.uint16)
    lot["_veut_max"] = draw_chance(rng, n, taux("loyer_max"))
    lot["_max_pour_cent"] = echelle("loyer_max_pour_cent").draw(rng, n)


def draw_ressources(lot: Lot, annee: int, nulles_avec_loyer: int) -> None:
    """Settle resources, once the rent is known.

    Parameters
    ----------
    lot : Lot
        Batch with ``_loyer`` (cents, 0 where nothing is paid).
    annee : int
        Year of the date of state: the tax income is that of ``annee - 2``.
    nulles_avec_loyer : int
        Rows to spoil on purpose: zero resources, yet a rent.
    """
    groupe, paie = lot["_groupe"], lot["_loyer"] > 0
    seuil = np.where(groupe == RUE, _seuil("rue"), np.where(_sheltered(groupe), _seuil("heberge"), 0))
    sans = (lot["_sans"] < np.where(paie, _seuil("paie_un_loyer"), seuil)) & (lot["_age"] < 62)
    if nulles_avec_loyer:
        sans[np.flatnonzero(paie)[:nulles_avec_loyer]] = True
    ressources = np.where(sans, 0, lot["_ressources"])
    lot["ressources_mensuelles_cent"] = ressources
    lot["rfr_n2_eur"], lot["rfr_n1_eur"] = lot["_rfr"], lot["_rfr_n1"]
    lot["rfr_n2_annee"] = np.full(lot.n, annee - 2, dtype=np.int16)
    lot.blank("loyer_cent", sans & ~paie)
    maximum = np.maximum(ressources * lot["_max_pour_cent"] // 100_000 * 1000, 20_000)
    lot["loyer_max_cent"] = maximum
    lot.blank("loyer_max_cent", ~lot["_veut_max"])


def _sheltered(groupe: Tableau) -> Tableau:
    return np.isin(groupe, (HEBERGE, PRECAIRE))


def _seuil(cle: str) -> Tableau:
    return threshold(taux("sans_ressources", cle))
