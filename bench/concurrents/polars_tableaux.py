"""The hand-written Polars query, table already in memory."""

from __future__ import annotations

import sys

from bench.concurrents.commun import digest, digest_rang, load
from bench.concurrents.polars_manuel import prepare, query
from bench.concurrents.polars_rang import rank
from bench.donnees import AU
from bench.mesure import Mesure

demandes = load()
prepare(AU)
rang = "--rang" in sys.argv
mesure = Mesure()
table = query(demandes.lazy(), AU).collect(engine="streaming")
files = rank(table, demandes) if rang else None
mesure.stop()
mesure.say(
    demandes.height, empreinte=digest(table), points=digest(table, tout=False),
    rang=digest_rang(files) if files is not None else None,
)  # fmt: skip
