"""Motives of the Cerfa, by current housing and household."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import all_marges, taux
from palier.synthetic.menages import MODES
from palier.synthetic.tirage import Tableau, Urne, draw_chance
from palier.tables import colonne

MOTIFS = colonne("motif_principal").codes
GROUPES = ("hlm", "prive", "proprietaire", "heberge", "precaire", "rue", "fonction")
HLM, PRIVE, PROPRIETAIRE, HEBERGE, PRECAIRE, RUE, FONCTION = range(7)
_GROUPE_DE = {
    "locataire_hlm": HLM,
    "locataire_prive": PRIVE,
    "proprietaire": PROPRIETAIRE,
    "gratuit": HEBERGE,
    "chez_parents": HEBERGE,
    "chez_particulier": HEBERGE,
    "camping": RUE,
    "sans_abri": RUE,
    "squat": RUE,
    "fonction": FONCTION,
}
_GROUPES = np.asarray([_GROUPE_DE.get(mode, PRECAIRE) for mode in MODES], dtype=np.uint8)
_SEULS = ("separation", "futur_couple")
_AU_TRAVAIL = [MOTIFS.index(code) for code in ("rapprochement_travail", "mutation_pro")]


def code(motif: str) -> int:
    """Return the index of a motive."""
    return MOTIFS.index(motif)


def has_motif(lot: Lot, motif: str) -> Tableau:
    """Tell, per row, whether a motive is given."""
    return np.asarray(lot["motifs"] & np.uint32(1 << code(motif)) != 0)


@cache
def _urne(nom: str) -> Urne:
    """One line per group and couple: someone in a couple gives no motive of a lone person."""
    marge = all_marges()[nom]
    lignes = []
    for groupe in GROUPES:
        parts = marge.numbers(groupe)
        for couple in (False, True):
            lignes.append(
                [Fraction(0) if couple and c in _SEULS else parts.get(c, Fraction(0)) for c in MOTIFS]
            )
    return Urne(lignes)


def draw_motifs(lot: Lot) -> None:
    """Draw one to three motives; the groups of housing are kept for the other modules."""
    rng, n = lot.rng(Place.MOTIFS), lot.n
    groupe = _GROUPES[lot["logement_mode"]]
    lot["_groupe"] = groupe
    strate = groupe * np.uint8(2) + lot["en_couple"]
    principal = _urne("motif_principal").draw(rng, n, strate)
    hors = ~lot["_travaille"]
    principal = np.where(hors & np.isin(principal, _AU_TRAVAIL), code("rapprochement_famille"), principal)
    masque = np.uint32(1) << principal.astype(np.uint32)
    present = np.ones(n, dtype=np.bool_)
    for nom in ("deuxieme_motif", "troisieme_motif"):
        present = present & draw_chance(rng, n, taux(nom))
        autre = _urne("motif_second").draw(rng, n, strate)
        garde = present & ~(hors & np.isin(autre, _AU_TRAVAIL))
        masque = masque | np.where(garde, np.uint32(1) << autre.astype(np.uint32), np.uint32(0))
    lot["motif_principal"] = principal.astype(np.uint8)
    lot["motifs"] = masque
    lot["handicap"] = lot["handicap"] | has_motif(lot, "handicap")
    lot["nb_carte_invalidite"] = (lot["handicap"] & lot["_carte"]).astype(np.uint8)
