"""One request with its explanation, by the row engine: no data frame, grid and law already read."""

from __future__ import annotations

import statistics
import sys
import time

import polars as pl

from bench import constantes as k
from bench.donnees import AU, stock
from bench.mesure import Mesure
from palier import law
from palier.engines.cotation.explain import explain
from palier.engines.cotation.reference import prepare, score_row

rows = pl.read_parquet(stock(int(sys.argv[1])), n_rows=2_000).to_dicts()
regle = prepare(k.grille(), law.at(AU, non_verifie=True))
for row in rows[:20]:
    explain(regle, score_row(regle, row, AU, None))
times = []
mesure = Mesure()
for row in rows:
    start = time.process_time()
    explain(regle, score_row(regle, row, AU, None))
    times.append(time.process_time() - start)
mesure.stop()
mesure.say(
    len(rows),
    mediane_us=statistics.median(times) * 1e6,
    centile_99_us=sorted(times)[len(times) * 99 // 100] * 1e6,
)
