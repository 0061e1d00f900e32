"""What a rent weighs on a household, exactly."""

from __future__ import annotations

from fractions import Fraction

_MOIS_PAR_AN, _JOURS_PAR_AN = 12, 365


def effort(loyer_cent: int, ressources_cent: int | None) -> Fraction | None:
    """Return the share of its resources that a rent with charges takes; None if they are unknown or nil.

    Examples
    --------
    >>> effort(45000, 180000), effort(45000, None), effort(45000, 0)
    (Fraction(1, 4), None, None)
    """
    return Fraction(loyer_cent, ressources_cent) if ressources_cent else None


def remainder(loyer_cent: int, ressources_cent: int | None, personnes: int | None) -> int | None:
    """Return what is left per day and person once the rent is paid [cent]; rounded to the cent below.

    Examples
    --------
    >>> remainder(45000, 180000, 3), remainder(45000, 180000, None)
    (1479, None)
    """
    if ressources_cent is None or not personnes:
        return None
    left = Fraction((ressources_cent - loyer_cent) * _MOIS_PAR_AN, _JOURS_PAR_AN * personnes)
    return left.numerator // left.denominator
