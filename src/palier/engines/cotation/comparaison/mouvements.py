"""Who rises and who falls between two grids, cohort by cohort, on one stock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import polars as pl

from palier.engines.cotation.comparaison.cohortes import FAMILLES, ORDRE, cohorts, is_priority
from palier.engines.cotation.comparaison.quartile import Quartile
from palier.engines.secret.seuil import is_publishable
from palier.law import LoiAu
from palier.tables import schema

_RANGS = {cohorte: rang for rang, cohorte in enumerate(ORDRE)}
OBJECTIFS = ("objectif_hors_qpv_q1", "objectif_qpv_q234", "objectif_contingent_prioritaires")


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One cohort: how many places rise, fall, stay, enter or leave, and the middle move.

    A place enters where only the new grid scores the request, and leaves where
    only the old one does.

    ``mediane`` is the median change of position in the queue, in
    ten-thousandths of its length (positive: nearer to the head). Values are
    None under the threshold of small groups.
    """

    famille: str
    cohorte: str
    n: int
    monte: int | None
    baisse: int | None
    stable: int | None
    mediane: int | None
    entre: int | None = None
    sort: int | None = None


@dataclass(frozen=True, slots=True)
class Objectif:
    """One legal objective under both grids, over the head of each queue.

    ``raison`` says why a share is unknown: ``tete_vide``, nobody is at the head
    of a queue; ``ressources``, nobody there gives resources and household.
    """

    id: str
    cible: Fraction
    avant: Fraction | None
    apres: Fraction | None
    raison: Literal["", "tete_vide", "ressources"] = ""


@dataclass(frozen=True)
class Comparaison:
    """A comparison: places, cohorts, objectives, and the first quartile that they follow.

    ``places`` has one row per request and typology: ``rang_avant``,
    ``rang_apres``, ``total_avant``, ``total_apres``, ``n_file`` and ``gain``
    (ten-thousandths of the queue).
    """

    places: pl.DataFrame
    mouvements: tuple[Mouvement, ...]
    objectifs: tuple[Objectif, ...]
    part_tete: Fraction
    quartile: Quartile

    @property
    def passages(self) -> bool:
        """Whether some places enter or leave the queues."""
        return any(item.entre or item.sort for item in self.mouvements)


def compare_files(
    avant: pl.DataFrame,
    apres: pl.DataFrame,
    demandes: pl.DataFrame,
    *,
    au: dt.date,
    loi: LoiAu,
    part_tete: Fraction = Fraction(1, 10),
    territoire: str | None = None,
) -> Comparaison:
    """Compare the queues of two grids on the same requests.

    Parameters
    ----------
    avant, apres : pl.DataFrame
        Results of :func:`~palier.engines.cotation.classement.rank_demandes`.
    demandes : pl.DataFrame
        Table ``demandes``.
    au : date
        Date of both scores.
    loi : LoiAu
        Law of that date, for the objectives.
    part_tete : Fraction
        Share of each queue taken as its head: those who would be housed in a
        year if homes went in the order of the grid. It is an assumption of
        the reader, shown with the result.
    territoire : str, optional
        SIREN of the EPCI, for its threshold of the first quartile.

    Returns
    -------
    Comparaison
        Cohorts under the threshold of small groups are counted, not described.

    Raises
    ------
    LoiError
        A value of the law that is unknown, stale or unchecked.
    """
    keys = ["numero_unique", "typologie"]
    sides = [
        files.select(
            *keys,
            pl.col("systeme").cast(pl.String).alias(f"systeme_{side}"),
            pl.col("rang").alias(f"rang_{side}"),
            pl.col("total").alias(f"total_{side}"),
        )
        for files, side in ((avant, "avant"), (apres, "apres"))
    ]
    joined = sides[0].join(sides[1], on=keys, how="full", nulls_equal=True, coalesce=True)
    joined = joined.with_columns(systeme=pl.coalesce("systeme_avant", "systeme_apres")).drop(
        "systeme_avant", "systeme_apres"
    )
    places = joined.with_columns(n_file=pl.len().over("systeme", "typologie").cast(pl.Int64)).with_columns(
        gain=_share(pl.col("rang_avant").cast(pl.Int64) - pl.col("rang_apres"), pl.col("n_file"))
    )
    labels, quartile = cohorts(demandes, au, loi, territoire)
    wide = places.join(labels, on="numero_unique", how="left")
    moves = tuple(m for famille in FAMILLES for m in _moves(wide, famille))
    goals = _objectives(avant, apres, demandes, labels, loi, part_tete)
    return Comparaison(places, moves, goals, part_tete, quartile)


def _share(places: pl.Expr, length: pl.Expr) -> pl.Expr:
    """Return a move in ten-thousandths of a queue, rounded to the nearest, alike up and down."""
    return places.sign() * ((20_000 * places.abs() + length) // (2 * length))


def _moves(wide: pl.DataFrame, famille: str) -> list[Mouvement]:
    better = pl.col("rang_apres") < pl.col("rang_avant")
    worse = pl.col("rang_apres") > pl.col("rang_avant")
    groups = (
        wide.group_by(famille)
        .agg(
            n=pl.len(),
            personnes=pl.col("numero_unique").n_unique(),
            monte=better.sum(),
            baisse=worse.sum(),
            entre=pl.col("rang_avant").is_null().sum(),
            sort=pl.col("rang_apres").is_null().sum(),
            mediane=pl.col("gain").quantile(0.5, "lower").cast(pl.Int64),
        )
        .sort(pl.col(famille).replace_strict(_RANGS, default=len(_RANGS)), famille)
    )
    found = []
    for row in groups.iter_rows(named=True):
        shown = is_publishable(row["personnes"])
        moved = [row[k] for k in ("monte", "baisse", "entre", "sort")]
        stable = row["n"] - sum(moved)
        values = (*moved[:2], stable, row["mediane"], *moved[2:]) if shown else (None,) * 6
        found.append(Mouvement(famille, str(row[famille]), row["n"], *values))
    return found


def _objectives(
    avant: pl.DataFrame,
    apres: pl.DataFrame,
    demandes: pl.DataFrame,
    labels: pl.DataFrame,
    loi: LoiAu,
    part: Fraction,
) -> tuple[Objectif, ...]:
    types = schema("demandes").polars
    full = demandes.with_columns(
        pl.lit(None, dtype=types[n]).alias(n)
        for n in ("dalo", "publics_valides")
        if n not in demandes.columns
    )
    facts = full.select("numero_unique", prioritaire=is_priority()).join(
        labels.select("numero_unique", "ressources"), on="numero_unique"
    )
    before, after = (_shares(files, facts, part) for files in (avant, apres))
    return tuple(_objective(nom, loi, before, after) for nom in OBJECTIFS)


def _objective(
    nom: str, loi: LoiAu, before: dict[str, Fraction | None], after: dict[str, Fraction | None]
) -> Objectif:
    raison: Literal["", "tete_vide", "ressources"] = ""
    if before[nom] is None or after[nom] is None:
        empty = before[OBJECTIFS[-1]] is None or after[OBJECTIFS[-1]] is None
        raison = "tete_vide" if empty else "ressources"
    return Objectif(nom, Fraction(loi.nombre(nom)), before[nom], after[nom], raison)


def _shares(files: pl.DataFrame, facts: pl.DataFrame, part: Fraction) -> dict[str, Fraction | None]:
    """Shares among the heads of queues; a request in two heads counts once."""
    size = pl.len().over("systeme", "typologie")
    limit = (size * part.numerator + part.denominator - 1) // part.denominator
    head = files.filter(pl.col("ordre") <= limit).select("numero_unique").unique()
    chosen = head.join(facts, on="numero_unique", how="left")
    known = chosen.filter(pl.col("ressources") != "inconnu")
    first = known.filter(pl.col("ressources") == "premier_quartile").height
    return {
        "objectif_hors_qpv_q1": Fraction(first, known.height) if known.height else None,
        "objectif_qpv_q234": Fraction(known.height - first, known.height) if known.height else None,
        "objectif_contingent_prioritaires": Fraction(int(chosen["prioritaire"].sum()), chosen.height)
        if chosen.height
        else None,
    }
