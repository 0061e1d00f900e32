"""From parquet to parquet: Palier (``palier``) or the hand-written query (``manuel``)."""

from __future__ import annotations

import sys

import polars as pl

from bench import constantes as k
from bench.concurrents.polars_manuel import prepare, query
from bench.donnees import AU, TRAVAIL, stock
from bench.mesure import Mesure
from palier import law
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.run import score
from palier.formats import write_table

taille, qui = int(sys.argv[1]), sys.argv[2]
source, sortie = stock(taille), TRAVAIL / f"note-{qui}.parquet"
grille, loi = k.grille(), law.at(AU, non_verifie=True)
prepare(AU)
mesure = Mesure()
if qui == "palier":
    write_table(score(pl.scan_parquet(source), compile_grille(grille, loi), au=AU).table, sortie)
else:
    query(pl.scan_parquet(source), AU).sink_parquet(sortie)
mesure.stop()
total = pl.scan_parquet(sortie).select(pl.col("total", "total_verifie").sum()).collect()
mesure.say(taille, empreinte="-".join(str(v) for v in total.row(0)))
