"""A large CSV into parquet: checked by Palier (``palier``), or a bare Polars scan (``nu``)."""

from __future__ import annotations

import sys

import polars as pl

from bench.donnees import AU, TRAVAIL, csv
from bench.mesure import Mesure
from palier.formats import import_table

taille, qui = int(sys.argv[1]), sys.argv[2]
source, sortie = csv(taille), TRAVAIL / f"csv-{qui}.parquet"
mesure = Mesure()
if qui == "palier":
    import_table(source, sortie, au=AU)
else:
    pl.scan_csv(source, separator=";", infer_schema=False).sink_parquet(sortie)
mesure.stop()
lignes = pl.scan_parquet(sortie).select(pl.len()).collect().item()
mesure.say(lignes, octets=source.stat().st_size)
