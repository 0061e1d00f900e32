"""From lease rows to counts per group and per day.

Each request is a duration since filing with a delayed entry (it is observed
from ``entree_date`` or from the start of the period), an exit day, and a cause:
housed, left for another reason, or censored at the date of the data.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from palier.base.errors import Problem, TableError
from palier.engines.cotation.attente.estimateur import Pas
from palier.engines.cotation.attente.model import Strate

ATTEND, LOGE, PARTI = 0, 1, 2
_OPTIONNELLES = {
    "entree_date": pl.Date,
    "sortie_date": pl.Date,
    "sortie_motif": pl.String,
    "bail_date": pl.Date,
    "typologie": pl.String,
    "secteur": pl.String,
    "commune_code": pl.String,
}
_LIGNES_CITEES = 5


@dataclass
class Groupe:
    """Counts of one group by day after filing: entries, exits, causes."""

    strate: Strate
    entrees: list[tuple[int, int]] = field(default_factory=list)
    sorties: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def effectif(self) -> int:
        """Requests of the group that were observed at risk."""
        return sum(n for _, n in self.entrees)

    def walk(self, jours: Iterable[int] = ()) -> Iterator[Pas]:
        """Yield one step per day of exit, and per extra day asked for.

        The risk set of a day holds those who entered on it or before and did
        not end before it.
        """
        exits = {jour: rest for jour, *rest in self.sorties}
        arrivals = iter(self.entrees)
        upcoming = next(arrivals, None)
        risk = 0
        for jour in sorted(exits.keys() | set(jours)):
            while upcoming is not None and upcoming[0] <= jour:
                risk += upcoming[1]
                upcoming = next(arrivals, None)
            ended, housed, left = exits.get(jour, (0, 0, 0))
            yield Pas(jour, risk, housed, left)
            risk -= ended


def read_rows(
    baux: pl.DataFrame, au: dt.date, depuis: dt.date | None, secteur: str, deja_jours: int
) -> pl.DataFrame:
    """Turn table ``baux`` into durations, causes and groups.

    Returns
    -------
    DataFrame
        One row per request filed on ``au`` at the latest: ``typologie``,
        ``secteur``, ``depot``, ``fin``, ``entree`` and ``sortie`` (days after
        filing), ``cause``, and ``observe`` (at risk on one day at least).

    Raises
    ------
    TableError
        ATT-003, ATT-005 and ATT-010 to ATT-015, all at once.
    """
    for name in ("numero_unique", "date_depot_initial"):
        if name not in baux.columns:
            raise TableError(
                Problem(
                    "ATT-005",
                    f"baux, colonne {name}",
                    "La colonne manque dans la table.",
                    "Donnez un fichier qui la contient.",
                )
            )
    rows = baux.with_columns(
        pl.lit(None, dtype).alias(name) for name, dtype in _OPTIONNELLES.items() if name not in baux.columns
    ).with_columns(
        pl.col("sortie_motif", "typologie", secteur).cast(pl.String),
        loge_le=pl.coalesce(
            "bail_date", pl.when(pl.col("sortie_motif").cast(pl.String) == "attribution").then("sortie_date")
        ),
    )
    problems = list(_check(rows))
    if problems:
        raise TableError(problems)
    depot, end = pl.col("date_depot_initial"), pl.coalesce("loge_le", "sortie_date")
    start = pl.max_horizontal(depot, "entree_date", pl.lit(depuis, pl.Date))
    known = end.is_not_null() & (end <= au)
    cause = pl.when(~known).then(ATTEND).when(pl.col("loge_le").is_not_null()).then(LOGE).otherwise(PARTI)
    durations = rows.select(
        "typologie",
        pl.col(secteur).alias("secteur"),
        depot.alias("depot"),
        fin=pl.when(known).then(end).otherwise(pl.lit(au)),
        entree=(start - depot).dt.total_days().clip(lower_bound=deja_jours),
        cause=cause.cast(pl.UInt8),
    ).with_columns(sortie=(pl.col("fin") - pl.col("depot")).dt.total_days())
    return durations.filter(pl.col("depot") <= au).with_columns(observe=pl.col("entree") <= pl.col("sortie"))


def count_groups(rows: pl.DataFrame) -> dict[Strate, Groupe]:
    """Count entries and exits by day, for each group, parents first."""
    groups: dict[Strate, Groupe] = {}
    for keys in ([], ["typologie"], ["typologie", "secteur"]):
        known = rows.drop_nulls(keys) if keys else rows
        entries = known.group_by([*keys, "entree"]).len().sort([*keys, "entree"])
        exits = (
            known.group_by([*keys, "sortie"])
            .agg(
                n=pl.len(),
                loges=(pl.col("cause") == LOGE).sum(),
                partis=(pl.col("cause") == PARTI).sum(),
            )
            .sort([*keys, "sortie"])
        )
        width = len(keys)
        for row in entries.iter_rows():
            strate = Strate(*row[:width])
            groups.setdefault(strate, Groupe(strate)).entrees.append(row[width:])
        for row in exits.iter_rows():
            groups[Strate(*row[:width])].sorties.append(row[width:])
    return groups


def _check(rows: pl.DataFrame) -> Iterator[Problem]:
    depot, loge = pl.col("date_depot_initial"), pl.col("loge_le")
    sortie, motif = pl.col("sortie_date"), pl.col("sortie_motif")
    checks = [
        (
            "ATT-003",
            pl.col("numero_unique").is_duplicated(),
            "Le numéro unique figure plusieurs fois.",
            "Gardez une ligne par demande.",
        ),
        ("ATT-010", depot.is_null(), "La date de premier dépôt manque.", "Complétez la date de dépôt."),
        (
            "ATT-011",
            pl.min_horizontal(loge, sortie) < depot,
            "La demande finit avant d'être déposée.",
            "Corrigez la date de dépôt, de bail ou de sortie.",
        ),
        (
            "ATT-012",
            sortie.is_not_null() & motif.is_null() & pl.col("bail_date").is_null(),
            "La demande est sortie sans motif : on ne sait pas si elle a abouti.",
            "Indiquez le motif de sortie (article R441-2-8 du CCH).",
        ),
        (
            "ATT-013",
            (motif != "attribution") & pl.col("bail_date").is_not_null(),
            "Un bail est signé, mais le motif de sortie n'est pas l'attribution.",
            "Corrigez le motif, ou retirez le bail.",
        ),
        (
            "ATT-014",
            sortie.is_null() & motif.is_not_null() & pl.col("bail_date").is_null(),
            "Le motif de sortie est donné sans date.",
            "Ajoutez la date de sortie, ou retirez le motif.",
        ),
        (
            "ATT-015",
            pl.col("entree_date") < depot,
            "L'observation commence avant le dépôt.",
            "Corrigez la date de début d'observation, ou laissez-la vide.",
        ),
    ]
    flags = rows.select(test.fill_null(False).alias(code) for code, test, _, _ in checks)
    for code, _, constat, que_faire in checks:
        lines = (flags[code].arg_true() + 1).to_list()
        if lines:
            shown = ", ".join(str(line) for line in lines[:_LIGNES_CITEES])
            more = f" et {len(lines) - _LIGNES_CITEES} autres" if len(lines) > _LIGNES_CITEES else ""
            yield Problem(code, f"baux, ligne {shown}{more}", constat, que_faire)
