"""First quartile of resources: the yearly threshold of the law, else an estimate that says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import polars as pl

from palier.base.errors import LoiError
from palier.base.explanation import Phrase
from palier.law import LoiAu
from palier.tables.derive import Contexte, derive

TABLE = "premier_quartile"
_SANS_VALEUR = {"LOI-002", "LOI-006", "LOI-007"}  # no value at this date, or none for this territory
_FIN = 1_000_000  # tells any two ratios apart: units of consumption stay under 1,000 tenths


@dataclass(frozen=True, slots=True)
class Quartile:
    """The yearly resources per consumption unit that close the first quartile.

    Parameters
    ----------
    origine : {"loi", "estime", "inconnu"}
        The yearly order for this territory; the requests compared; nothing.
    cents, dixiemes : int
        The threshold is ``cents`` / ``dixiemes``, in the units of
        ``ressources_uc_annuelles_cent`` and ``uc_dixieme``.
    reference : str
        The order, if it is of the law.
    verifie : bool
        Whether somebody read the order at its source.
    """

    origine: Literal["loi", "estime", "inconnu"]
    cents: int = 0
    dixiemes: int = 1
    reference: str = ""
    verifie: bool = True

    @property
    def phrase(self) -> Phrase:
        """Where the threshold comes from, in words; an estimate shows no amount, which is somebody's."""
        if self.origine != "loi":
            return Phrase(f"comparaison.quartile.{self.origine}")
        code = "comparaison.quartile.loi" if self.verifie else "comparaison.quartile.non_verifie"
        return Phrase(code, {"seuil_cent": self.cents // self.dixiemes, "reference": self.reference})

    def holds(self, ctx: Contexte) -> pl.Expr:
        """Tell whether a request is of the first quartile; null if its resources are unknown."""
        if self.origine == "inconnu":
            return pl.lit(None, dtype=pl.Boolean)
        income, units = _pair(ctx)
        return income * self.dixiemes <= units * self.cents


def find_quartile(demandes: pl.DataFrame, ctx: Contexte, territoire: str | None) -> Quartile:
    """Return the threshold of the first quartile for a territory.

    The law holds it by year and EPCI. Where it holds none, the threshold is
    the 25th percentile (nearest rank) of the requests given; ratios are
    compared by products of integers, and equal ones are one.

    Parameters
    ----------
    demandes : pl.DataFrame
        Table ``demandes``, every column present.
    ctx : Contexte
        Date and law.
    territoire : str or None
        SIREN of the EPCI.

    Raises
    ------
    LoiError
        LOI-003, LOI-004 if the law holds it, stale or unchecked.

    References
    ----------
    L441-1 CCH: the amount of the yearly order is the highest of the quartile;
    in Île-de-France, of the region.
    """
    found = _of_law(ctx.loi, territoire) if territoire is not None else None
    if found is not None:
        return found
    income, units = _pair(ctx)
    pairs = demandes.select(n=income, d=units).drop_nulls()
    if pairs.is_empty():
        return Quartile("inconnu")
    ordered = pairs.sort(pl.col("n") * _FIN // pl.col("d"), "d")
    cents, dixiemes = ordered.row(math.ceil(ordered.height / 4) - 1)
    return Quartile("estime", int(cents), int(dixiemes))


def _pair(ctx: Contexte) -> tuple[pl.Expr, pl.Expr]:
    return derive("ressources_uc_annuelles_cent", ctx), derive("uc_dixieme", ctx).cast(pl.Int64)


def _of_law(loi: LoiAu, territoire: str) -> Quartile | None:
    try:
        euros, valeur = loi.lookup(TABLE, (territoire,)), loi.get(TABLE)
    except LoiError as error:
        if {problem.code for problem in error.problems} <= _SANS_VALEUR:
            return None
        raise
    return Quartile("loi", 100 * int(euros), 1, valeur.reference.texte, valeur.verifie)
