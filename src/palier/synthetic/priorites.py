"""DALO, priority publics of L441-1 and labels, from the situation of the household."""

from __future__ import annotations

from functools import cache

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import taux, urne
from palier.synthetic.menages import MODES
from palier.synthetic.motifs import HEBERGE, PRECAIRE, RUE, has_motif
from palier.synthetic.tirage import Tableau, draw_chance, threshold
from palier.tables import colonne

PUBLICS = colonne("publics_declares").codes
_DALO = colonne("dalo").codes
_RECONNU = _DALO.index("reconnu")
_STRUCTURE = MODES.index("structure_hebergement")
_TRANSITION = [MODES.index(m) for m in ("structure_hebergement", "residence_vocation_sociale", "hotel")]


@cache
def _minimum() -> Tableau:
    """Surface under which a home is overcrowded, by number of occupants (R822-25)."""
    return np.asarray([0, 9, *(min(16 + 9 * (k - 2), 70) for k in range(2, 60))], dtype=np.int16)


def draw_priorites(lot: Lot) -> None:
    """Draw what the law puts first; a validated public is always a declared one."""
    rng, n = lot.rng(Place.PRIORITES), lot.n
    groupe = lot["_groupe"]
    mal_loge = (groupe == HEBERGE) | (groupe == PRECAIRE) | (groupe == RUE)
    dalo = urne("dalo", _DALO, ("mal_loge", "loge")).draw(rng, n, (~mal_loge).astype(np.uint8))
    lot["dalo"] = dalo
    lot.blank("dalo_date", (dalo != _RECONNU) & (dalo != _DALO.index("refus_offre")))
    declares = np.zeros(n, dtype=np.uint32)
    valides = np.zeros(n, dtype=np.uint32)
    refuses = np.zeros(n, dtype=np.uint32)
    for code, cas in _situations(lot, rng, mal_loge).items():
        bit = np.uint32(1 << PUBLICS.index(code))
        dit = cas & draw_chance(rng, n, taux("declare_public", code))
        valide = dit & draw_chance(rng, n, taux("valide_public"))
        refuse = dit & ~valide & draw_chance(rng, n, taux("refuse_public"))
        for cible, masque in ((declares, dit), (valides, valide), (refuses, refuse)):
            cible |= np.where(masque, bit, np.uint32(0))
    reconnu = np.where(dalo == _RECONNU, np.uint32(1 << PUBLICS.index("dalo")), np.uint32(0))
    lot["publics_declares"], lot["publics_valides"] = declares | reconnu, valides | reconnu
    lot["_publics_refuses"] = refuses
    _draw_labels(lot, rng, mal_loge)


def _situations(lot: Lot, rng: np.random.Generator, mal_loge: Tableau) -> dict[str, Tableau]:
    n, groupe, mode = lot.n, lot["_groupe"], lot["logement_mode"]
    rare = {code: draw_chance(rng, n, taux("situation_rare", code)) for code in ("b", "g_bis", "h", "i", "m")}
    etroit = lot["logement_surface_m2"] < _minimum()[lot["logement_nb_occupants"]]
    pauvre = lot["_ressources"] * 10 < lot["_uc"] * 75_000
    return {
        "a": lot["handicap"],
        "b": rare["b"],
        "c": pauvre & (mal_loge | has_motif(lot, "expulsion")),
        "d": np.isin(mode, _TRANSITION),
        "e": lot["_travaille"] & (groupe == PRECAIRE),
        "f": has_motif(lot, "non_decent") | has_motif(lot, "impropre"),
        "g": has_motif(lot, "violences"),
        "g_bis": rare["g_bis"],
        "h": rare["h"],
        "i": rare["i"],
        "j": (lot["nb_mineurs"] > 0) & (groupe != RUE) & (etroit | lot["logement_non_decent"]),
        "k": mal_loge & (mode != _STRUCTURE) & has_motif(lot, "sans_logement"),
        "l": has_motif(lot, "expulsion"),
        "m": (lot["_age"] <= 24) & (rare["m"] | (mode == MODES.index("centre_enfance"))),
    }


def _draw_labels(lot: Lot, rng: np.random.Generator, mal_loge: Tableau) -> None:
    n = lot.n
    for nom in ("label_pdalhpd", "label_accord_collectif"):
        seuils = np.where(mal_loge, threshold(taux(nom, "precaire")), threshold(taux(nom, "ordinaire")))
        lot[nom] = draw_chance(rng, n, seuils)
    demolition = has_motif(lot, "demolition")
    lot["label_anru"] = demolition & draw_chance(rng, n, taux("label_anru"))
    lot["relogement_de_droit"] = demolition & draw_chance(rng, n, taux("relogement_de_droit"))
    lot["label_sortant_hebergement"] = (lot["logement_mode"] == _STRUCTURE) & draw_chance(
        rng, n, taux("label_sortant")
    )
