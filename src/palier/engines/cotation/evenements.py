"""Events of requests, counted and accumulated: one prepared column per criterion.

An account with history acts month by month (gain, events, bounds). Between two
months with events nothing but the gain happens, and a run of gains inside the
bounds is one step, so the account is replayed event-month by event-month for
all requests together: as many vectorised rounds as the busiest request has
months with events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from palier.base.periods import add_months
from palier.engines.cotation.model.nodes import Compte, Critere, Cumul
from palier.tables.jours import months_between

NUMERO = "numero_unique"


def prepare_evenements(
    demandes: pl.DataFrame, evenements: pl.DataFrame, criteres: Mapping[str, Critere], au: dt.date
) -> pl.DataFrame:
    """Return one row per request with a column ``__ev__<critere>`` each.

    Parameters
    ----------
    demandes : pl.DataFrame
        ``numero_unique`` and the date columns that accounts start from.
    evenements : pl.DataFrame
        Table ``evenements``.
    criteres : mapping of str to Critere
        The criteria on events, by name of variant.
    au : date
        Date of the computation; later events do not exist yet.

    Returns
    -------
    pl.DataFrame
        Same order as ``demandes``: counts (Int64) and balances (Int64, null
        where the start is unknown).
    """
    past = evenements.filter(pl.col("evenement_date") <= au)
    made = demandes.select(NUMERO)
    for nom, critere in criteres.items():
        node = critere.mecanisme
        if isinstance(node, Compte):
            column = _count(past, node, au)
        elif isinstance(node, Cumul):
            column = _account(demandes.select(NUMERO, node.depuis), past, node, au)
        else:
            continue
        joined = made.join(column, on=NUMERO, how="left", maintain_order="left")
        value = pl.col("valeur") if isinstance(node, Cumul) else pl.col("valeur").fill_null(0)
        made = joined.with_columns(value.alias(f"__ev__{nom}")).drop("valeur")
    return made


def _count(past: pl.DataFrame, node: Compte, au: dt.date) -> pl.DataFrame:
    kept = past.filter(pl.col("evenement_type") == node.evenement)
    if node.fenetre_mois is not None:
        kept = kept.filter(pl.col("evenement_date") > add_months(au, -node.fenetre_mois))
    if node.adaptee is not None:
        suited = pl.col("adaptee") if "adaptee" in kept.columns else pl.lit(None, dtype=pl.Boolean)
        kept = kept.filter(suited == node.adaptee)
    return kept.group_by(NUMERO).agg(pl.len().cast(pl.Int64).alias("valeur"))


def _account(starts: pl.DataFrame, past: pl.DataFrame, node: Cumul, au: dt.date) -> pl.DataFrame:
    """Balance of each account at ``au``."""
    rows = starts.rename({node.depuis: "debut"}).unique(NUMERO, keep="first", maintain_order=True)
    rows = rows.with_columns(fin=pl.lit(au)).with_columns(mois=months_between(pl.col("debut"), pl.col("fin")))
    rows = rows.with_columns(mois=pl.col("mois").cast(pl.Int64).clip(lower_bound=0))
    steps = _event_months(rows, past, node)
    state = rows.select(
        NUMERO,
        "mois",
        ecoule=pl.lit(0, dtype=pl.Int64),
        solde=pl.when(pl.col("debut").is_not_null()).then(pl.lit(0, pl.Int64)),
    )
    for number in range(int(steps["ordre"].max() or 0)) if steps.height else []:  # type: ignore[arg-type]
        step = steps.filter(pl.col("ordre") == number + 1)
        state = _replay(state, step, node)
    gained = pl.col("solde") + node.gagne * (pl.col("mois") - pl.col("ecoule"))
    idle = (
        pl.when(pl.col("mois") > pl.col("ecoule"))
        .then(gained.clip(node.bas, node.haut))
        .otherwise(pl.col("solde"))
    )
    return state.select(NUMERO, valeur=idle)


def _event_months(rows: pl.DataFrame, past: pl.DataFrame, node: Cumul) -> pl.DataFrame:
    """One row per request and month with events: amounts after the last reset."""
    amounts = {kind: change for kind, change in node.evenements if change is not None}
    resets = [kind for kind, change in node.evenements if change is None]
    kinds = pl.col("evenement_type").cast(pl.String)
    found = past.filter(kinds.is_in([*amounts, *resets])).join(rows.select(NUMERO, "debut"), on=NUMERO)
    found = found.filter(pl.col("evenement_date") >= pl.col("debut"))
    found = found.with_columns(
        mois_evenement=months_between(pl.col("debut"), pl.col("evenement_date")).cast(pl.Int64) + 1,
        montant=kinds.replace_strict(amounts, default=0, return_dtype=pl.Int64)
        if amounts
        else pl.lit(0, pl.Int64),
        remise=kinds.is_in(resets),
    )
    keys = [NUMERO, "mois_evenement"]
    last = pl.col("evenement_date").filter(pl.col("remise")).max().over(keys)
    found = found.with_columns(
        remis=last.is_not_null(), compte=last.is_null() | (pl.col("evenement_date") > last)
    )
    months = found.group_by(keys).agg(
        remis=pl.col("remis").any(), montant=pl.col("montant").filter(pl.col("compte")).sum()
    )
    return months.with_columns(ordre=pl.col("mois_evenement").rank("ordinal").over(NUMERO).cast(pl.Int64))


def _replay(state: pl.DataFrame, step: pl.DataFrame, node: Cumul) -> pl.DataFrame:
    """Advance the accounts to the end of their next month with events."""
    joined = state.join(step.select(NUMERO, "mois_evenement", "remis", "montant"), on=NUMERO, how="left")
    month = pl.col("mois_evenement")
    before = month - 1 - pl.col("ecoule")
    waited = (pl.col("solde") + node.gagne * before).clip(node.bas, node.haut)
    reached = pl.when(before > 0).then(waited).otherwise(pl.col("solde"))
    gain = (
        pl.when(month <= pl.col("mois"))
        .then(pl.lit(node.gagne, dtype=pl.Int64))
        .otherwise(pl.lit(0, dtype=pl.Int64))
    )
    base = pl.when(pl.col("remis")).then(pl.lit(0, dtype=pl.Int64)).otherwise(reached + gain)
    after = (base + pl.col("montant")).clip(node.bas, node.haut)
    return joined.select(
        NUMERO,
        "mois",
        ecoule=pl.when(month.is_not_null()).then(month).otherwise(pl.col("ecoule")),
        solde=pl.when(month.is_not_null() & pl.col("solde").is_not_null())
        .then(after)
        .otherwise(pl.col("solde")),
    )
