"""What the desk, the social worker and the State have checked; what people left empty."""

from __future__ import annotations

import numpy as np

from palier.synthetic.lot import Lot, Place
from palier.synthetic.marges import all_marges, taux
from palier.synthetic.motifs import MOTIFS, has_motif
from palier.synthetic.tirage import Tableau, draw_chance
from palier.tables import colonne

FAITS = colonne("verifie_piece").codes
_FAITS_DE_MOTIF = [m for m in MOTIFS if m in FAITS and m not in ("handicap", "autre")]
_LABELS = ("label_pdalhpd", "label_accord_collectif", "label_anru", "label_sortant_hebergement")


def draw_preuves(lot: Lot) -> None:
    """Draw the three sets of verified facts; a fact that nobody claims is never verified."""
    rng, n = lot.rng(Place.PREUVES), lot.n
    piece = np.zeros(n, dtype=np.uint64)
    taux_piece = dict(all_marges()["verifie_piece"].numbers())
    par_motif = taux_piece.pop("motif")
    for fait, chance in taux_piece.items():
        _add(piece, fait, _claimed(lot, fait) & draw_chance(rng, n, chance))
    for motif in _FAITS_DE_MOTIF:
        _add(piece, motif, has_motif(lot, motif) & draw_chance(rng, n, par_motif))
    social = np.zeros(n, dtype=np.uint64)
    for fait, chance in all_marges()["verifie_social"].numbers().items():
        _add(social, fait, _claimed(lot, fait) & draw_chance(rng, n, chance))
    etat = np.zeros(n, dtype=np.uint64)
    labels = np.logical_or.reduce([lot[nom] for nom in _LABELS])
    for fait, cas in (
        ("dalo", lot["dalo"] == colonne("dalo").codes.index("reconnu")),
        ("publics", lot["publics_valides"] > 0),
        ("labels", labels),
    ):
        _add(etat, fait, cas & draw_chance(rng, n, taux("verifie_etat", fait)))
    lot["verifie_piece"], lot["verifie_social"], lot["verifie_etat"] = piece, social, etat


def _add(ensemble: Tableau, fait: str, masque: Tableau) -> None:
    ensemble |= np.where(masque, np.uint64(1 << FAITS.index(fait)), np.uint64(0))


def _claimed(lot: Lot, fait: str) -> Tableau:
    if fait == "grossesse":
        return lot["nb_a_naitre"] > 0
    if fait == "handicap":
        return lot["handicap"]
    if fait == "publics":
        return lot["publics_declares"] > 0
    if fait in MOTIFS:
        return has_motif(lot, fait)
    return np.ones(lot.n, dtype=np.bool_)


def draw_absences(lot: Lot) -> None:
    """Leave answers empty at the rates of real files, which are badly filled."""
    rng = lot.rng(Place.ABSENCES)
    for nom, chance in all_marges()["absences"].numbers().items():
        vide = draw_chance(rng, lot.n, chance)
        lot.blank(nom, vide & lot["_travaille"] if nom == "travailleur_essentiel" else vide)
