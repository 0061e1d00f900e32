"""What a home would weigh on a household: rent, charges and energy, less housing aid, over resources.

Housing aid (APL) is never computed here: its scale is a text of its own that Palier does not
hold. The person says what the aid would be, or the term is left out, and the result says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from palier.base.exact import round_fraction
from palier.base.explanation import Explanation, Phrase
from palier.base.mots import word
from palier.web.apps.offres.rules.saisie import OffreSaisie


@dataclass(frozen=True, slots=True)
class Effort:
    """Share of the resources that a home takes each month.

    Parameters
    ----------
    bas, haut : Fraction or None
        Bounds, exact: energy costs are a range. None without rent or without resources.
    reste_bas_cent, reste_haut_cent : Fraction or None
        What is left of the resources each month [cents], with the higher and the lower cost.
    explication : Explanation
        Each term, read, estimated or left out.
    """

    bas: Fraction | None
    haut: Fraction | None
    reste_bas_cent: Fraction | None
    reste_haut_cent: Fraction | None
    explication: Explanation


def estimate_effort(
    offre: OffreSaisie, ressources_mensuelles_cent: int, apl_cent: int | None = None, langue: str = "fr"
) -> Effort:
    """Estimate the effort that a home to rent would ask of a household.

    Parameters
    ----------
    offre : OffreSaisie
        A home to rent.
    ressources_mensuelles_cent : int
        Resources of the household each month, 0 or more, without housing aid.
    apl_cent : int, optional
        Housing aid that the person expects each month; None leaves it out.
    langue : str
        Language of the labels.

    Returns
    -------
    Effort

    Raises
    ------
    ValueError
        If an amount is negative.

    Notes
    -----
    ``(rent + charges - aid + energy / 12) / resources``; rent and charges less
    aid never go below zero. Unknown charges or energy count for nothing and are named in
    ``manque``.

    Examples
    --------
    >>> offre = OffreSaisie(loyer_logement_cent=41250, charges_logement_cent=9750,
    ...                     depense_min_cent=72000, depense_max_cent=108000)
    >>> found = estimate_effort(offre, 180000, 12000)
    >>> found.bas, found.haut
    (Fraction(1, 4), Fraction(4, 15))
    """
    if ressources_mensuelles_cent < 0 or (apl_cent or 0) < 0:
        raise ValueError("les ressources et l'aide sont positives ou nulles")
    rent, charges = offre.loyer_logement_cent, offre.charges_logement_cent
    low, high = _energy(offre)
    net = max(0, (rent or 0) + (charges or 0) - (apl_cent or 0))
    resources = ressources_mensuelles_cent
    known = rent is not None and resources > 0
    bas, haut = ((net + low) / resources, (net + high) / resources) if known else (None, None)
    lines = (
        _line("loyer_logement_cent", _amount("effort.lu.montant", rent), langue),
        _line("charges_logement_cent", _amount("effort.lu.montant", charges), langue),
        _line("apl", _amount("effort.lu.apl", apl_cent) or Phrase("effort.lu.apl_absente"), langue),
        _line("energie", _energy_read(offre), langue, "depense_max_cent"),
        _line("ressources_mensuelles_cent", _amount("effort.lu.montant", resources), langue),
    )
    root = Explanation(
        "effort",
        word("effort.titre", langue),
        lu=_ratio(bas, haut) if bas is not None and haut is not None else Phrase("effort.lu.inconnu"),
        regle=Phrase("effort.regle"),
        manque=tuple(name for line in lines for name in line.manque),
        enfants=lines,
    )
    left = resources - net
    return Effort(bas, haut, left - high if known else None, left - low if known else None, root)


def _energy(offre: OffreSaisie) -> tuple[Fraction, Fraction]:
    """Return the monthly cost of energy, least and most [cents]; zero when unknown."""
    low, high = offre.depense_min_cent, offre.depense_max_cent
    least = low if low is not None else high
    most = high if high is not None else low
    return Fraction(least or 0, 12), Fraction(most or 0, 12)


def _energy_read(offre: OffreSaisie) -> Phrase | None:
    if offre.depense_min_cent is None and offre.depense_max_cent is None:
        return None
    low, high = (round_fraction(part, "demi_haut") for part in _energy(offre))
    return Phrase("effort.lu.energie", {"bas_cent": low, "haut_cent": high})


def _amount(code: str, cents: int | None) -> Phrase | None:
    return None if cents is None else Phrase(code, {"montant_cent": cents})


def _line(code: str, lu: Phrase | None, langue: str, champ: str = "") -> Explanation:
    return Explanation(
        code,
        word(f"effort.ligne.{code}", langue),
        lu=lu or Phrase("effort.lu.absent"),
        manque=() if lu is not None else (champ or code,),
    )


def _ratio(bas: Fraction, haut: Fraction) -> Phrase:
    values = {"bas_ratio": [bas.numerator, bas.denominator], "haut_ratio": [haut.numerator, haut.denominator]}
    if bas == haut:
        return Phrase("effort.lu.taux", {"taux_ratio": values["bas_ratio"]})
    return Phrase("effort.lu.fourchette", values)
