"""Waits of all groups of a table at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from palier.base.errors import Problem, TableError
from palier.base.exact import round_fraction
from palier.base.periods import add_months
from palier.engines.cotation.attente.emprunt import Courbe, estimate_group, prior_weight
from palier.engines.cotation.attente.estimateur import arcsine_bounds, first_day
from palier.engines.cotation.attente.groupes import ATTEND, LOGE, Groupe, count_groups, read_rows
from palier.engines.cotation.attente.model import (
    Attente,
    Attentes,
    Estimee,
    Observee,
    Point,
    Quantile,
    Strate,
)
from palier.engines.secret import is_publishable, mask

FENETRES_MOIS = (12, 24)
PARTS = (25, 50, 75)


def estimate_attentes(
    baux: pl.DataFrame,
    au: dt.date,
    *,
    depuis: dt.date | None = None,
    deja_jours: int = 0,
    secteur: str = "secteur",
    parts: Sequence[int] = PARTS,
    fenetres_mois: Sequence[int] = FENETRES_MOIS,
) -> Attentes:
    """Estimate waits for the territory, each size, and each size in a sector.

    Parameters
    ----------
    baux : DataFrame
        Table ``baux``: one row per request, pending ones included (without
        exit). ``typologie`` and ``secteur`` are those *asked for*; those of
        the home obtained would sort people by their future. A null
        ``entree_date`` means: observed since filing.
    au : date
        What happened later is not known: such requests still wait.
    depuis : date, optional
        Observe from this date only: requests filed before enter late (period
        analysis, Brenner and Gefeller 1996: present conditions). Give the
        date from which all exits are in the table.
    deja_jours : int
        Speak of the requests that have already waited so many days.
    secteur : str
        Column of sectors: ``secteur`` or ``commune_code``.
    parts : sequence of int
        Quantiles, in percent of the requests housed.
    fenetres_mois : sequence of int
        Windows of the observed waits, in months before ``au``.

    Returns
    -------
    Attentes

    Raises
    ------
    TableError
        ATT-003, ATT-005, ATT-010 to ATT-015: inconsistent rows, all at once;
        ATT-016: no request was observed.
    """
    rows = read_rows(baux, au, depuis, secteur, deja_jours)
    at_risk = rows.filter("observe")
    if at_risk.is_empty():
        raise TableError(
            Problem(
                "ATT-016",
                "baux",
                "Aucune demande n'est observée à cette date.",
                "Vérifiez la date d'état et le début de la période.",
            )
        )
    groups = count_groups(at_risk)
    curves, weights = _curves(groups)
    leases = rows.filter(pl.col("cause") == LOGE)
    windows = [
        (months, _summaries(leases.filter(pl.col("fin") > add_months(au, -months)), months))
        for months in fenetres_mois
    ]
    pending = _summaries(rows.filter(pl.col("cause") == ATTEND), None)
    found = {
        strate: Attente(
            strate=strate,
            au=au,
            observee_loges=tuple(
                table.get(strate, Observee("trop_peu", months)) for months, table in windows
            ),
            anciennete_en_attente=pending.get(strate, Observee("trop_peu", None)),
            estimee_demandeurs=_estimee(groupe, curves[strate], weights[strate], parts),
        )
        for strate, groupe in groups.items()
    }
    return Attentes(au, depuis, baux.height - at_risk.height, found)


def courbe(attente: Attente, pas_jours: int = 1) -> list[tuple[int, float, float, float]]:
    """Return the curve of being housed, for plots and tables.

    Parameters
    ----------
    attente : Attente
        One group.
    pas_jours : int
        Keep one point per so many days: 30 tells nobody's day of lease.

    Returns
    -------
    list of tuple
        Days after filing, share housed, lower and upper bounds; a step
        function, from the first day known to the horizon. Empty if too few.
    """
    estimee = attente.estimee_demandeurs
    if estimee.horizon_jour is None:
        return []
    if pas_jours == 1:
        days = {estimee.condition_jour, *(point.jour for point in estimee.points), estimee.horizon_jour}
    else:
        days = {*range(estimee.condition_jour, estimee.horizon_jour, pas_jours), estimee.horizon_jour}
    points = (estimee.at(day) for day in sorted(days))
    return [(p.jour, p.loge, p.bas, p.haut) for p in points if p is not None]


def _curves(groups: dict[Strate, Groupe]) -> tuple[dict[Strate, Courbe | None], dict[Strate, int]]:
    curves: dict[Strate, Courbe | None] = {}
    weights = dict.fromkeys(groups, 0)
    children: dict[Strate, list[Strate]] = {}
    for strate, groupe in groups.items():
        curves[strate] = _enough(groupe, estimate_group(groupe))
        if strate.parent is not None:
            children.setdefault(strate.parent, []).append(strate)
    for parent, brothers in children.items():
        base = curves[parent]
        if base is None:
            continue
        own = [curve for brother in brothers if (curve := curves[brother]) is not None]
        weight = prior_weight(base, groups[parent].effectif, own)
        for brother in brothers if weight else ():
            if curves[brother] is not None:
                weights[brother] = weight
                curves[brother] = _enough(groups[brother], estimate_group(groups[brother], base, weight))
    return curves, weights


def _enough(groupe: Groupe, curve: Courbe | None) -> Courbe | None:
    if curve is None:
        return None
    housed = sum(
        loges for jour, _, loges, _ in groupe.sorties if curve.condition_jour <= jour <= curve.horizon_jour
    )
    return curve if is_publishable(housed) else None


def _estimee(groupe: Groupe, curve: Courbe | None, weight: int, parts: Sequence[int]) -> Estimee:
    total = groupe.effectif
    if curve is None:
        return Estimee("trop_peu", effectif=mask(total))
    housed = sum(loges for _, _, loges, _ in groupe.sorties)
    left = sum(partis for *_, partis in groupe.sorties)
    waiting = total - housed - left
    shown = is_publishable(left) and is_publishable(waiting)
    points = tuple(
        Point(state.jour, state.loge, *arcsine_bounds(state.loge, state.var_loge), state.parti, state.attend)
        for state in curve.etats
    )
    days = [point.jour for point in points]
    quantiles = tuple(
        Quantile(
            part,
            first_day(days, [point.loge for point in points], part / 100),
            first_day(days, [point.haut for point in points], part / 100),
            first_day(days, [point.bas for point in points], part / 100),
        )
        for part in parts
    )
    return Estimee(
        etat="estime",
        effectif=mask(total),
        loges=mask(housed),
        partis=left if shown else None,
        en_attente=waiting if shown else None,
        condition_jour=curve.condition_jour,
        horizon_jour=curve.horizon_jour,
        poids_parent=weight,
        quantiles=quantiles,
        points=points,
    )


def _summaries(rows: pl.DataFrame, fenetre_mois: int | None) -> dict[Strate, Observee]:
    found = {}
    duration = (pl.col("fin") - pl.col("depot")).dt.total_days()
    for keys in ([], ["typologie"], ["typologie", "secteur"]):
        known = rows.drop_nulls(keys) if keys else rows
        table = known.group_by(keys or pl.lit("").alias("_")).agg(duration.sort().alias("jours"))
        for *names, days in table.iter_rows():
            if not is_publishable(len(days)):
                continue
            middle = days[(len(days) - 1) // 2] + days[len(days) // 2]
            found[Strate(*names) if keys else Strate()] = Observee(
                etat="observe",
                fenetre_mois=fenetre_mois,
                effectif=len(days),
                moyenne_jours=round_fraction(Fraction(sum(days), len(days)), "demi_haut"),
                mediane_jours=round_fraction(Fraction(middle, 2), "demi_haut"),
            )
    return found
