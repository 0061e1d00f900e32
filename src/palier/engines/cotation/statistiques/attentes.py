"""Waits that may be published, queue by queue, under three names that are never mixed.

What those housed have waited; what those waiting may expect (cumulative incidence, with the competing
exit of those who leave); how long those waiting have waited so far. A wait of people housed is never
given as the wait of people waiting.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from palier.base.periods import add_months
from palier.engines.cotation.attente import Attente, estimate_attentes
from palier.engines.cotation.attente.model import Estimee, mois
from palier.engines.cotation.statistiques.histogrammes import value_at
from palier.engines.cotation.statistiques.masquage import TOUS, File, Motif, publishable
from palier.engines.secret import is_publishable

FENETRE_MOIS, ANNEE_MOIS = 24, 12
REPERES_MOIS = (12, 24, 36, 60)
_PARTS = (25, 50, 75)
_JOURS_PAR_AN = 365


@dataclass(frozen=True, slots=True)
class Repere:
    """Share of the requests [percent] after some months: housed (with 95 % bounds), gone, still waiting."""

    mois: int
    loge: int
    bas: int
    haut: int
    parti: int


@dataclass(frozen=True, slots=True)
class Estimation:
    """What those waiting may expect.

    Parameters
    ----------
    mois : mapping of int to int or None
        Months by which 25, 50, 75 % of the requests are housed; None: never within what is observed.
    reperes : tuple of Repere
        Shares at fixed months, as far as they are observed.
    horizon_mois : int
        What is observed goes no further.
    """

    mois: Mapping[int, int | None]
    reperes: tuple[Repere, ...]
    horizon_mois: int


@dataclass(frozen=True, slots=True)
class AttentePubliee:
    """Waits of one queue [months].

    Parameters
    ----------
    baux : int, optional
        Leases of the window; None under the threshold.
    depuis : date
        Start of the window.
    q10, q50, q90 : int, optional
        Waits that 10, 50, 90 % of those housed did not pass; each has enough leases on both sides.
    maximum : int
        End of the axis of a drawing: whole years, nobody's wait.
    liberes_12_mois : int, optional
        Homes let in twelve months.
    en_attente_mediane : int, optional
        Median age of the requests that wait.
    estimee : Estimation, optional
        What those waiting may expect.
    """

    baux: int | None
    depuis: dt.date
    q10: int | None
    q50: int | None
    q90: int | None
    maximum: int
    liberes_12_mois: int | None
    en_attente_mediane: int | None
    estimee: Estimation | None


def publish_attentes(baux: pl.DataFrame, au: dt.date) -> dict[File, AttentePubliee]:
    """Compute what may be published of the waits of every queue.

    Parameters
    ----------
    baux : DataFrame
        Table ``baux``: one row per request, pending ones included.
    au : date
        What happened later is not known.

    Returns
    -------
    dict
        By sector and size; a queue of which nothing may be told is absent.

    Raises
    ------
    TableError
        Those of :func:`~palier.engines.cotation.attente.estimate_attentes`.
    """
    rows = _with_columns(baux)
    since = add_months(au, -FENETRE_MOIS)
    leases = _leases(rows, au)
    window = leases.filter(pl.col("loge_le") > since)
    year = leases.filter(pl.col("loge_le") > add_months(au, -ANNEE_MOIS))
    told, let = publishable(_motifs(window)), publishable(_motifs(year))
    waits, homes = _durations(window), _durations(year)
    expected = _expected(rows, au)
    found = {}
    for file in sorted({*told, *let, *expected}):
        sums = waits.get(file, Counter()) if file in told else Counter[int]()
        engine = expected.get(file)
        made = AttentePubliee(
            baux=sums.total() or None,
            depuis=since,
            q10=_quantile(sums, 10),
            q50=_quantile(sums, 50),
            q90=_quantile(sums, 90),
            maximum=_axis_end(_quantile(sums, 90) or _quantile(sums, 50) or 0),
            liberes_12_mois=homes[file].total() if file in let else None,
            en_attente_mediane=_age(engine),
            estimee=_estimation(engine.estimee_demandeurs) if engine else None,
        )
        if made.baux or made.liberes_12_mois or made.estimee or made.en_attente_mediane is not None:
            found[file] = made
    return found


def _with_columns(baux: pl.DataFrame) -> pl.DataFrame:
    known = {"typologie": pl.String, "secteur": pl.String, "bail_date": pl.Date, "sortie_date": pl.Date,
             "sortie_motif": pl.String}  # fmt: skip
    missing = [pl.lit(None, dtype).alias(nom) for nom, dtype in known.items() if nom not in baux.columns]
    return baux.with_columns(missing).with_columns(pl.col("typologie", "secteur").cast(pl.String))


def _leases(rows: pl.DataFrame, au: dt.date) -> pl.DataFrame:
    """Return the requests housed on ``au`` at the latest: queue, day, months waited."""
    housed = pl.when(pl.col("sortie_motif").cast(pl.String) == "attribution").then("sortie_date")
    return (
        rows.select(
            "typologie",
            "secteur",
            pl.col("date_depot_initial").alias("depot"),
            loge_le=pl.coalesce("bail_date", housed),
        )
        .filter(pl.col("loge_le") <= au)
        .with_columns(jours=(pl.col("loge_le") - pl.col("depot")).dt.total_days())
    )


def _motifs(leases: pl.DataFrame) -> Counter[Motif]:
    found: Counter[Motif] = Counter()
    for secteur, typologie, n in leases.group_by("secteur", "typologie").agg(pl.len()).iter_rows():
        found[frozenset({secteur} - {None}), frozenset({typologie} - {None})] += n
    return found


def _durations(leases: pl.DataFrame) -> dict[File, Counter[int]]:
    """Count the leases of each queue by months waited."""
    found: dict[File, Counter[int]] = {}
    for secteur, typologie, jours, n in (
        leases.group_by("secteur", "typologie", "jours").agg(pl.len()).iter_rows()
    ):
        for file in {(s, t) for s in (TOUS, secteur) for t in (TOUS, typologie)}:
            if None not in file:
                found.setdefault(file, Counter())[mois(jours)] += n
    return found


def _quantile(sums: Counter[int], part: int) -> int | None:
    """Return a quantile that has enough leases on both sides, else nothing."""
    n = sums.total()
    if not (is_publishable(n * part // 100) and is_publishable(n * (100 - part) // 100)):
        return None
    return value_at(sums, -(-n * part // 100))


def _axis_end(longest: int) -> int:
    return 12 * (longest // 12 + 1)


def _expected(rows: pl.DataFrame, au: dt.date) -> dict[File, Attente]:
    """Estimate what those waiting may expect: territory, sizes, sizes in sectors; then sectors alone."""
    sizes = estimate_attentes(rows, au, parts=_PARTS)
    alone = rows.with_columns(typologie=pl.col("secteur"), secteur=pl.lit(None, pl.String))
    places = estimate_attentes(alone, au, parts=_PARTS)
    found = {(s.secteur or TOUS, s.typologie or TOUS): attente for s, attente in sizes.strates.items()}
    found |= {(s.typologie, TOUS): attente for s, attente in places.strates.items() if s.typologie}
    told = publishable(_motifs(rows))
    return {file: attente for file, attente in found.items() if file in told}


def _age(attente: Attente | None) -> int | None:
    days = attente.anciennete_en_attente.mediane_jours if attente else None
    return None if days is None else mois(days)


def _estimation(estimee: Estimee) -> Estimation | None:
    if estimee.etat != "estime" or estimee.horizon_jour is None:
        return None
    points = [(months, estimee.at(months * _JOURS_PAR_AN // 12)) for months in REPERES_MOIS]
    return Estimation(
        mois={q.part: None if q.jours is None else mois(q.jours) for q in estimee.quantiles},
        reperes=tuple(
            Repere(months, *(round(100 * part) for part in (p.loge, p.bas, p.haut, p.parti)))
            for months, p in points
            if p is not None
        ),
        horizon_mois=mois(estimee.horizon_jour),
    )
