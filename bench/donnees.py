"""The stock that every contestant reads: the invented national file, kept once per size.

Written as parquet for those who read it, and as raw arrays for those who know
neither Polars nor parquet.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import polars as pl

from bench import constantes as k
from palier.formats.ecriture import to_text_cells
from palier.synthetic import generate_national

AU = dt.date(2026, 11, 24)
GRAINE = 20261124
GRILLE_CLI = k.GRILLE
MORCEAU = 100_000
TRAVAIL = Path(__file__).parent / "travail"
LUES = ["numero_unique", "horodatage_depot", "typologies", *k.COLONNES, *k.PREUVES]


def stock(taille: int) -> Path:
    """Return the parquet file of the columns that the grid reads, made if it is not there."""
    TRAVAIL.mkdir(exist_ok=True)
    chemin = TRAVAIL / f"demandes-{taille}.parquet"
    if not chemin.exists():
        parts = [
            m.frame.select(LUES)
            for m in generate_national(GRAINE, AU, taille, 1, MORCEAU, ressources_nulles_avec_loyer=50)
            if m.table == "demandes"
        ]
        frame = pl.concat(parts)
        prefix = frame["numero_unique"].str.head(3)
        frame = frame.with_columns(territoire=prefix.cast(pl.Enum(prefix.unique().sort())))
        frame.write_parquet(chemin, row_group_size=MORCEAU)
        frame.rechunk().write_ipc(chemin.with_suffix(".arrow"), record_batch_size=frame.height)
    return chemin


def whole(taille: int) -> Path:
    """Return the parquet file of every column of the table, for the measures from file to file."""
    chemin = TRAVAIL / f"entier-{taille}.parquet"
    if not chemin.exists():
        parts = [m.frame for m in generate_national(GRAINE, AU, taille, 1, MORCEAU) if m.table == "demandes"]
        pl.concat(parts).write_parquet(chemin, row_group_size=MORCEAU)
    return chemin


def csv(taille: int) -> Path:
    """Return the CSV of the whole table, as our own writer makes it."""
    chemin = TRAVAIL / f"entier-{taille}.csv"
    if not chemin.exists():
        with chemin.open("wb") as stream:
            for place, morceau in enumerate(
                pl.scan_parquet(whole(taille)).collect_batches(chunk_size=MORCEAU)
            ):
                text = to_text_cells(morceau)
                text.write_csv(stream, separator=";", include_bom=not place, include_header=not place)
    return chemin


def raw(taille: int) -> Path:
    """Return a folder of ``.npy`` files: values with nulls as 0, and one byte per row that says known."""
    dossier = TRAVAIL / f"brut-{taille}"
    if not (dossier / "fini").exists():
        dossier.mkdir(exist_ok=True)
        frame = pl.read_parquet(stock(taille))
        for nom in [*k.COLONNES, *k.PREUVES, "typologies", "territoire"]:
            column = frame[nom]
            if column.null_count():
                np.save(dossier / f"{nom}.connu.npy", column.is_not_null().cast(pl.UInt8).to_numpy())
            if column.dtype == pl.Boolean:
                column = column.cast(pl.UInt8)
            elif column.dtype in (pl.Enum, pl.Date):
                column = column.to_physical()
            np.save(dossier / f"{nom}.npy", column.fill_null(0).to_numpy())
        (dossier / "fini").touch()
    (dossier / "constantes.json").write_text(json.dumps(k.as_json(AU)), encoding="utf-8")
    return dossier
