"""Arguments of the generators, all refused with a code."""

from __future__ import annotations

import datetime as dt
import math

from palier.base.errors import Problem, UsageError

_PREMIER, _DERNIER = dt.date(2010, 1, 1), dt.date(2060, 12, 31)
_TAILLE_MAX = 20
DEMANDES_MAX = 10_000_000


def _refuse(code: str, ou: str, constat: str, que_faire: str) -> UsageError:
    return UsageError(Problem(code, ou, constat, que_faire))


def check_graine(graine: int) -> None:
    """Refuse a negative seed (SYN-013)."""
    if graine < 0:
        raise _refuse(
            "SYN-013", "graine", f"La graine {graine} est négative.", "Donnez un nombre entier, 0 ou plus."
        )


def check_date(au: dt.date) -> None:
    """Refuse a date of state out of the range of the marginals (SYN-011)."""
    if not _PREMIER <= au <= _DERNIER:
        raise _refuse(
            "SYN-011",
            "date",
            f"La date {au.isoformat()} est hors des marges.",
            "Donnez une date de 2010 à 2060.",
        )


def check_taille(taille: float) -> None:
    """Refuse a scale that is not a number between 0.001 and 20 (SYN-010)."""
    if not (math.isfinite(taille) and 0.001 <= taille <= _TAILLE_MAX):
        raise _refuse(
            "SYN-010",
            "taille",
            f"La taille {taille} n'est pas entre 0,001 et {_TAILLE_MAX}.",
            "Donnez 1 pour 20 000 demandes et 52 000 logements.",
        )


def check_nombres(demandes: int, logements: int, morceau: int) -> None:
    """Refuse counts and chunk sizes that cannot be generated (SYN-012)."""
    if not (0 <= demandes <= DEMANDES_MAX and 0 <= logements <= DEMANDES_MAX and 1 <= morceau <= 1_000_000):
        raise _refuse(
            "SYN-012",
            "demandes, logements, morceau",
            "Le nombre de demandes, de logements ou la taille des morceaux n'est pas possible.",
            "Donnez de 0 à 10 millions de lignes, par morceaux de 1 à 1 million.",
        )
