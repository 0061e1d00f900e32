"""The current home: type, surface, occupants, rent, charges, aid."""

from __future__ import annotations

from functools import cache

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import echelle, taux, urne, valeurs
from palier.synthetic.menages import MODES
from palier.synthetic.motifs import HEBERGE, HLM, PRECAIRE, PRIVE, PROPRIETAIRE, RUE, has_motif
from palier.synthetic.tirage import Tableau, draw_chance
from palier.tables import colonne

TYPES = colonne("logement_type").codes
_TAILLES = ("1", "2", "3", "4", "5", "6")
_CHAMBRE, _T1, _T6 = TYPES.index("chambre"), TYPES.index("t1"), TYPES.index("t6")
_SOUS_LOCATION = MODES.index("sous_location")
_AIDES = [MODES.index(m) for m in ("locataire_hlm", "locataire_prive", "foyer", "residence_vocation_sociale")]


@cache
def _surfaces() -> Tableau:
    return np.asarray([valeurs("surface_courante")[code] for code in TYPES], dtype=np.int32)


@cache
def _loyers() -> Tableau:
    found = valeurs("loyer_m2_cent")
    return np.asarray([found.get(mode, 0) for mode in MODES], dtype=np.int32)


def draw_habitat(lot: Lot) -> None:
    """Draw the current home; the street has neither type, surface nor occupants."""
    rng, n = lot.rng(Place.LOGEMENT), lot.n
    groupe, mode = lot["_groupe"], lot["logement_mode"]
    plus = urne("occupants_en_plus", ("0", "1", "2", "3", "4", "5")).draw(rng, n)
    plus = np.where(groupe == HEBERGE, plus, 0)
    occupants = lot["nb_personnes"] - lot["nb_droit_visite"] + plus
    taille = np.minimum(occupants, 6) - 1
    kind = urne("type_actuel_par_taille", TYPES, _TAILLES).draw(rng, n, taille).astype(np.int8)
    kind = np.where(has_motif(lot, "trop_petit"), np.minimum(kind - 1, taille), kind)
    kind = np.where(has_motif(lot, "trop_grand"), np.maximum(kind, taille + 1) + 2, kind)
    kind = np.clip(kind, _T1, _T6)
    foyer = (groupe == PRECAIRE) & (mode != _SOUS_LOCATION)
    kind = np.where(foyer, np.where(lot["nb_personnes"] > 1, _T1, _CHAMBRE), kind).astype(np.uint8)
    surface = _surfaces()[kind] * echelle("surface_pour_cent").draw(rng, n) // 100
    lot["logement_type"], lot["logement_surface_m2"] = kind, surface.astype(np.int16)
    lot["logement_nb_occupants"] = occupants.astype(np.uint8)
    for nom in ("logement_type", "logement_surface_m2", "logement_nb_occupants"):
        lot.blank(nom, groupe == RUE)
    decent = has_motif(lot, "non_decent") | has_motif(lot, "impropre") | (groupe == RUE)
    lot["logement_non_decent"] = decent | draw_chance(rng, n, taux("non_decent"))
    _draw_loyer(lot, rng, surface)


def _draw_loyer(lot: Lot, rng: np.random.Generator, surface: Tableau) -> None:
    n, groupe, mode = lot.n, lot["_groupe"], lot["logement_mode"]
    m2 = _loyers()[mode] * echelle("loyer_pour_cent").draw(rng, n) // 100
    m2 = np.where(has_motif(lot, "trop_cher"), m2 * valeurs("loyer_trop_cher")["pour_cent"] // 100, m2)
    loyer = np.where(groupe == RUE, 0, m2.astype(np.int64) * surface)
    charges = valeurs("charges_m2_cent")
    par_m2 = np.where(groupe == HLM, charges["locataire_hlm"], charges["autres"])
    logis = (groupe == HLM) | (groupe == PRIVE) | (groupe == PROPRIETAIRE) | (mode == _SOUS_LOCATION)
    lot["_loyer"] = loyer
    lot["loyer_cent"] = loyer
    lot["charges_cent"] = np.where(logis, par_m2 * surface, 0)
    lot["aide_logement_cent"] = _aide(lot, loyer, np.isin(mode, _AIDES))
    lot.blank("loyer_cent", groupe == PROPRIETAIRE)


def _aide(lot: Lot, loyer: Tableau, droit: Tableau) -> Tableau:
    """Housing aid in whole euros: a rough slope, no claim to the real scale."""
    n = lot["nb_personnes"].astype(np.int64)
    plafond = 28_000 + 6_500 * (np.minimum(n, 6) - 1)
    seuil = 60_000 + 22_000 * (n - 1)
    aide = plafond - np.maximum(lot["_ressources"] - seuil, 0) * 30 // 100
    aide = np.minimum(aide, loyer * 80 // 100) // 100 * 100
    return np.where(droit & (aide >= 1_500), aide, 0)
