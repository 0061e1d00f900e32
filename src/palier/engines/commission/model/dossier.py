"""A candidate's file in front of the commission, and the search that found no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from palier.base.errors import Problem
from palier.base.periods import add_months
from palier.law.registre import LoiAu

Exception3 = Literal["INSUFFISANCE", "DALO_PREFET", "D331-25-1"]
_AUCUN: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Dossier:
    """One file.

    Parameters
    ----------
    numero : str
        Unique number of the request.
    depot, renouvellement : date
        First filing, and last renewal if any.
    statut : str
        ``active``, ``en_attente_piece``, ``attribuee`` or ``radiee``.
    designe_prefet : bool
        Designated by the prefect (L441-2-3 II), which a DALO label is not.
    dalo : bool
        Recognised under DALO.
    retire_le : date, optional
        Withdrawn by the candidate.
    """

    numero: str
    depot: dt.date
    renouvellement: dt.date | None = None
    statut: str = "active"
    designe_prefet: bool = False
    dalo: bool = False
    retire_le: dt.date | None = None

    def expire_le(self, loi: LoiAu) -> dt.date:
        """Return the last day of the request: twelve months after its last renewal, or filing."""
        return add_months(self.renouvellement or self.depot, int(loi.nombre("demande_validite_mois")))

    def ecart(self, au: dt.date, loi: LoiAu) -> str | None:
        """Tell why the file does not count on a day, None if it does."""
        if self.statut in ("radiee", "attribuee"):
            return self.statut
        if self.retire_le is not None and self.retire_le <= au:
            return "retiree"
        if self.depot > au:
            return "posterieure"
        return "expiree" if self.expire_le(loi) < au else None


@dataclass(frozen=True, slots=True)
class RechercheConsignee:
    """The recorded search that proves too few candidates.

    Parameters
    ----------
    au : date
        Day for which requests were judged: that of the session.
    n, eligibles : int
        Requests examined, requests that nothing excluded.
    motifs : mapping of str to int
        Requests excluded by reason; one request may have several.
    """

    au: dt.date
    n: int
    eligibles: int
    motifs: Mapping[str, int] = field(default_factory=lambda: _AUCUN)


@dataclass(frozen=True, slots=True)
class ExamenDossiers:
    """What the three-file rule says of a home.

    Parameters
    ----------
    n, requis : int
        Distinct live numbers, and how many the law asks.
    exception : str, optional
        ``INSUFFISANCE``, ``DALO_PREFET`` or ``D331-25-1`` when it is what saves the item.
    ecartes : tuple of (str, str)
        Numbers that do not count, with why: ``expiree``, ``retiree``, ``double``...
    conforme : bool
        Three files, or an exception that holds.
    problemes : tuple of Problem
        Why not, if not.
    vivants : tuple of str
        The numbers counted: the candidates of the home.
    """

    n: int
    requis: int
    exception: Exception3 | None
    ecartes: tuple[tuple[str, str], ...]
    conforme: bool
    problemes: tuple[Problem, ...] = ()
    vivants: tuple[str, ...] = ()
