"""The grid in plain French: the annex of the PPGDID that R441-2-10, 11° asks for."""

from __future__ import annotations

from palier.engines.cotation.annexe import sections
from palier.engines.cotation.annexe.mots import Plume
from palier.engines.cotation.model import Grille
from palier.law import LoiAu

__all__ = ["annexe"]

_SECTIONS = (
    sections.titre,
    sections.principe,
    sections.criteres,
    sections.justificatifs,
    sections.refus,
    sections.manquantes,
    sections.departage,
    sections.mutations,
    sections.hors_champ,
    sections.evaluation_et_information,
    sections.exemples,
    sections.version,
)


def annexe(grille: Grille, loi: LoiAu | None = None, langue: str = "fr") -> str:
    """Write a grid as the annex of a local plan.

    Parameters
    ----------
    grille : Grille
        A grid that the checks let pass.
    loi : LoiAu, optional
        Names the territory and the legal tables, with their reference;
        without it they keep their codes.
    langue : str
        Language of the words; what a catalogue lacks stays in French.

    Returns
    -------
    str
        Markdown: principle, criteria and weights, proofs, effect
        of refusals, missing answers, ties, mutations, requests out of scope,
        evaluation, information, examples, version.

    Raises
    ------
    LoiError
        If the grid reads a legal value that cannot be had at the date.

    References
    ----------
    R441-2-10 CCH, 11°; R441-2-17 CCH.
    """
    plume = Plume(loi, langue)
    parts = [part for section in _SECTIONS for part in section(plume, grille)]
    return "\n\n".join(part for part in parts if part) + "\n"
