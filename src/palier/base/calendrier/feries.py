"""Days of rest of a territory, from dated rules: ``05-01``, ``paques+39``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from palier.base.errors import InputError, Problem

JOUR = dt.timedelta(days=1)
DERNIER = dt.date(2199, 12, 31)  # a later date is a slip of the pen
_REGLE = re.compile(r"(\d\d)-(\d\d)|paques([+-]\d{1,2})?")
_SEMAINE = {5: "samedi", 6: "dimanche"}


def refuse(code: str, ou: str, constat: str, que_faire: str) -> InputError:
    """Make the error of a bad argument."""
    return InputError(Problem(code, ou, constat, que_faire))


def paques(annee: int) -> dt.date:
    """Return Easter Sunday: the Sunday that follows the paschal full moon.

    References
    ----------
    J. Meeus, Astronomical Algorithms, chapter 8.

    Examples
    --------
    >>> paques(2026)
    datetime.date(2026, 4, 5)
    """
    or_, (siecle, reste) = annee % 19, divmod(annee, 100)
    lune = (19 * or_ + siecle - siecle // 4 - (siecle - (siecle + 8) // 25 + 1) // 3 + 15) % 30
    attente = (32 + 2 * (siecle % 4) + 2 * (reste // 4) - lune - reste % 4) % 7
    recul = (or_ + 11 * lune + 22 * attente) // 451
    mois, jour = divmod(lune + attente - 7 * recul + 114, 31)
    return dt.date(annee, mois, jour + 1)


class JourFerie(NamedTuple):
    """A holiday: ``regle`` is ``MM-JJ`` or ``paques±n``, in force from ``du`` to ``au``."""

    code: str
    regle: str
    du: dt.date = dt.date.min
    au: dt.date = dt.date.max

    def day_in(self, annee: int) -> dt.date | None:
        """Return its day in a year, None if the rule is not in force that day."""
        match = _REGLE.fullmatch(self.regle)
        try:
            if match is None:
                raise ValueError(self.regle)
            if match[1]:
                jour = dt.date(annee, int(match[1]), int(match[2]))
            else:
                jour = paques(annee) + int(match[3] or 0) * JOUR
        except ValueError as error:
            words = f"La règle « {self.regle} » n'est ni « MM-JJ » ni « paques±n »."
            raise refuse("CAL-001", self.code, words, "Corrigez la règle du jour férié.") from error
        return jour if self.du <= jour <= self.au else None


@dataclass(frozen=True, slots=True)
class Calendrier:
    """Days of rest of one territory.

    Parameters
    ----------
    territoire : str
        Its name in the law, e.g. ``alsace_moselle``.
    regles : tuple of JourFerie
        The holidays.
    depuis : date
        First day that the rules describe.
    chomes : frozenset of date
        Further days off that the operator declares (a bridge, a local custom).

    Raises
    ------
    InputError
        CAL-001 for a rule that cannot be read; CAL-002 when the day asked is
        outside what the rules describe, or is an instant.
    """

    territoire: str
    regles: tuple[JourFerie, ...]
    depuis: dt.date
    chomes: frozenset[dt.date] = frozenset()

    def __post_init__(self) -> None:
        """Read every rule once."""
        self.feries(self.depuis.year)

    def feries(self, annee: int) -> dict[dt.date, str]:
        """Return the holidays of a year with their codes, in order."""
        return dict(_annee(self.regles, annee))

    def check(self, jour: dt.date) -> None:
        """Refuse what is not a plain day that the rules describe (CAL-002)."""
        if isinstance(jour, dt.datetime):
            raise refuse(
                "CAL-002", "date", "Un instant est donné au lieu d'un jour.", "Donnez son jour local."
            )
        if not self.depuis <= jour <= DERNIER:
            words = f"Le calendrier va du {self.depuis.isoformat()} au {DERNIER.isoformat()}."
            raise refuse("CAL-002", jour.isoformat(), words, "Corrigez la date.")

    def repos(self, jour: dt.date) -> str | None:
        """Tell why a day is not worked (a holiday, ``chome``, ``samedi``, ``dimanche``), else None."""
        self.check(jour)
        local = "chome" if jour in self.chomes else None
        return _annee(self.regles, jour.year).get(jour) or local or _SEMAINE.get(jour.weekday())

    def is_ouvre(self, jour: dt.date) -> bool:
        """Tell whether the day is worked: Monday to Friday, not a holiday."""
        return self.repos(jour) is None

    def is_ouvrable(self, jour: dt.date) -> bool:
        """Tell whether the day may be worked: Monday to Saturday, not a holiday."""
        return self.repos(jour) in (None, "samedi")

    def next_ouvre(self, jour: dt.date) -> dt.date:
        """Return the first working day on or after a day."""
        while not self.is_ouvre(jour):
            jour += JOUR
        return jour

    def count_ouvres(self, debut: dt.date, fin: dt.date) -> int:
        """Count the working days after ``debut``, ``fin`` included; 0 if there are none."""
        return sum(self.is_ouvre(debut + k * JOUR) for k in range(1, (fin - debut).days + 1))


@lru_cache(maxsize=4096)
def _annee(regles: tuple[JourFerie, ...], annee: int) -> dict[dt.date, str]:
    return dict(sorted((jour, regle.code) for regle in regles if (jour := regle.day_in(annee)) is not None))
