"""Objectives of mixity, live: exact fractions, what is missing, what one allocation would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from palier.law.registre import LoiAu

HORS_QPV, QPV, CONTINGENT = "objectif_hors_qpv_q1", "objectif_qpv_q234", "objectif_contingent_prioritaires"
ETAT = "etat"  # its contingent goes to priority publics as a whole: no share to reach


@dataclass(frozen=True, slots=True)
class Objectif:
    """Where one objective stands.

    Parameters
    ----------
    code : str
        Table of the law that sets the share.
    n, total : int
        Counted, out of how many.
    part : Fraction
        Share to reach.
    contingent : str, optional
        Whose, for the objective of contingents.
    inconnus : int
        Counted in ``total`` though what would count them in ``n`` is unknown.
    """

    code: str
    n: int
    total: int
    part: Fraction
    contingent: str | None = None
    inconnus: int = 0

    @property
    def sans_objet(self) -> bool:
        """Tell whether there is nothing to share: neither 0 % nor 100 %."""
        return self.total == 0

    @property
    def requis(self) -> int:
        """Return the smallest count that reaches the share of ``total``."""
        return -(-self.part.numerator * self.total // self.part.denominator)

    @property
    def atteint(self) -> bool | None:
        """Tell whether it is reached, without rounding; None if there is nothing to share."""
        return None if self.sans_objet else self.n * self.part.denominator >= self.part.numerator * self.total

    @property
    def manque(self) -> int:
        """Return how many are missing."""
        return max(0, self.requis - self.n)


@dataclass(frozen=True, slots=True)
class Menage:
    """What an objective reads of a household.

    Parameters
    ----------
    quartile : int, optional
        1 to 4; None if its income or composition is unknown.
    relogement : bool
        Rehoused under NPNRU or ORCOD, counted with the first quartile.
    prioritaire : bool
        DALO, else priority public.
    """

    quartile: int | None
    relogement: bool = False
    prioritaire: bool = False


@dataclass(frozen=True, slots=True)
class Suite:
    """One allocation of the year.

    Parameters
    ----------
    menage : Menage
        Who got it.
    qpv : bool
        Home in a priority district.
    contingent : str
        A code of ``reservataire``.
    bail : bool
        Followed by a lease: the denominator of the quartile objectives.
    """

    menage: Menage
    qpv: bool
    contingent: str
    bail: bool = True


@dataclass(frozen=True, slots=True)
class Comptes:
    """Exact counts behind the objectives of a year.

    ``baux`` are keyed by (qpv, counted, known); ``contingents`` by (code, counted).
    """

    baux: Mapping[tuple[bool, bool, bool], int]
    contingents: Mapping[tuple[str, bool], int]


def count_suites(suites: Iterable[Suite]) -> Comptes:
    """Count the allocations of a year, leases and allocations apart."""
    leases: Counter[tuple[bool, bool, bool]] = Counter()
    shares: Counter[tuple[str, bool]] = Counter()
    for suite in suites:
        if suite.bail:
            leases[suite.qpv, *_counts(suite.menage, suite.qpv)] += 1
        shares[suite.contingent, suite.menage.prioritaire] += 1
    return Comptes(MappingProxyType(leases), MappingProxyType(shares))


def _counts(menage: Menage, qpv: bool) -> tuple[bool, bool]:
    """Whether a lease counts for its objective, and whether that is known."""
    if not qpv and menage.relogement:
        return True, True
    if menage.quartile is None:
        return False, False
    return (menage.quartile > 1) if qpv else (menage.quartile == 1), True


def read_objectifs(comptes: Comptes, loi: LoiAu) -> tuple[Objectif, ...]:
    """Return where each objective stands.

    Parameters
    ----------
    comptes : Comptes
        Of the year, for one perimeter.
    loi : LoiAu
        Gives the shares.

    Returns
    -------
    tuple of Objectif
        Outside QPV, in QPV, then each contingent but the State's.

    References
    ----------
    L441-1 CCH.
    """
    found = []
    for code, qpv in ((HORS_QPV, False), (QPV, True)):
        held = {(n, known): k for (where, n, known), k in comptes.baux.items() if where == qpv}
        n = sum(k for (counted, _), k in held.items() if counted)
        unknown = sum(k for (_, known), k in held.items() if not known)
        found.append(Objectif(code, n, sum(held.values()), Fraction(loi.nombre(code)), None, unknown))
    part = Fraction(loi.nombre(CONTINGENT))
    for contingent in sorted({code for code, _ in comptes.contingents} - {ETAT}):
        n, others = (comptes.contingents.get((contingent, counted), 0) for counted in (True, False))
        found.append(Objectif(CONTINGENT, n, n + others, part, contingent))
    return tuple(found)


def si_attribue(
    objectifs: Iterable[Objectif], menage: Menage, qpv: bool, contingent: str
) -> tuple[tuple[Objectif, Objectif], ...]:
    """Return the objectives that a home would move if it went to a household, before and after.

    Parameters
    ----------
    objectifs : iterable of Objectif
        Where they stand.
    menage : Menage
        The candidate.
    qpv, contingent
        Of the home.
    """
    found = []
    for objectif in objectifs:
        if objectif.code == CONTINGENT:
            if objectif.contingent == contingent:
                found.append((objectif, _plus(objectif, menage.prioritaire, True)))
        elif (objectif.code == QPV) == qpv:
            found.append((objectif, _plus(objectif, *_counts(menage, qpv))))
    return tuple(found)


def _plus(objectif: Objectif, counted: bool, known: bool) -> Objectif:
    return replace(
        objectif, n=objectif.n + counted, total=objectif.total + 1, inconnus=objectif.inconnus + (not known)
    )
