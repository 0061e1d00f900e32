"""A batch of requests, step by step."""

from __future__ import annotations

from palier.synthetic.habitat import draw_habitat
from palier.synthetic.lieux import Lieux
from palier.synthetic.lot import Lot
from palier.synthetic.menages import draw_menages
from palier.synthetic.motifs import draw_motifs
from palier.synthetic.preuves import draw_absences, draw_preuves
from palier.synthetic.priorites import draw_priorites
from palier.synthetic.ressources import draw_emploi, draw_ressources
from palier.synthetic.souhaits import draw_souhaits


def draw_profils(lot: Lot, lieux: Lieux, annee: int, nulles_avec_loyer: int = 0) -> None:
    """Draw all that does not depend on the filing date.

    Parameters
    ----------
    lot : Lot
        Empty batch.
    lieux : Lieux
        Communes that may be asked for.
    annee : int
        Year of the date of state.
    nulles_avec_loyer : int
        Rows spoilt on purpose (zero resources with a rent).
    """
    draw_menages(lot)
    draw_emploi(lot)
    draw_motifs(lot)
    draw_habitat(lot)
    draw_ressources(lot, annee, nulles_avec_loyer)
    draw_souhaits(lot, lieux)
    draw_priorites(lot)
    draw_preuves(lot)
    draw_absences(lot)
