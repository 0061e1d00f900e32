"""Is a grid the one that applies on a day? If not, its scores are a simulation, and say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from palier.base.errors import Problem
from palier.base.explanation import Phrase
from palier.base.mots import date_longue, render
from palier.engines.cotation.model.nodes import Grille

ADOPTEES = ("adoptee", "en_vigueur")


def motifs_de_simulation(grille: Grille, au: dt.date, connues: Iterable[Grille] = ()) -> tuple[str, ...]:
    """Tell why a grid is not the one that applies on a day.

    Parameters
    ----------
    grille : Grille
        The grid that scores.
    au : date
        The day of the score.
    connues : iterable of Grille
        Other grids that are known, among which a version may replace it.

    Returns
    -------
    tuple of str
        Empty if it applies, else among ``a_venir``, ``brouillon``, ``abrogee``, ``remplacee``.
    """
    found = {
        "a_venir": grille.du > au,
        "brouillon": grille.statut == "brouillon",
        "abrogee": grille.statut == "abrogee",
        "remplacee": any(_replaces(autre, grille, au) for autre in connues),
    }
    return tuple(motif for motif, holds in found.items() if holds)


def _replaces(autre: Grille, grille: Grille, au: dt.date) -> bool:
    same = (autre.id, autre.remplace) == (grille.id, grille.du)
    return same and autre.du <= au and autre.statut in ADOPTEES


def phrase_de_simulation(grille: Grille, motifs: tuple[str, ...]) -> Phrase:
    """Say why a score is a simulation."""
    parts = [Phrase(f"cotation.simulation.{motif}", {"du_date": grille.du.isoformat()}) for motif in motifs]
    return Phrase("cotation.simulation", {"motifs_et": parts})


def avertir(grille: Grille, au: dt.date, motifs: tuple[str, ...]) -> Problem | None:
    """Return one warning if a grid does not apply on a day: COT-075; None if it does."""
    if not motifs:
        return None
    words = render(phrase_de_simulation(grille, motifs))
    return Problem(
        "COT-075",
        f"{grille.origine}, au {date_longue(au)}",
        f"{words[0].upper()}{words[1:]}.",
        "Ne donnez pas ces notes aux demandeurs comme les leurs.",
    )
