"""Palier, table already in memory: compiled, scored, ranked if asked.

Reading the grid and the law is timed apart (``fixe``): the neighbour's query is
Python code, already read when its clock starts.
"""

from __future__ import annotations

import sys

from bench import constantes as k
from bench.concurrents.commun import digest, digest_rang, load
from bench.donnees import AU
from bench.mesure import Mesure, cpu
from palier import law
from palier.engines.cotation.classement import rank_demandes
from palier.engines.cotation.compiler import compile_grille
from palier.engines.cotation.model import parse_grille
from palier.engines.cotation.run import score

demandes = load()
rang = "--rang" in sys.argv
mesure = Mesure()
grille = parse_grille(k.GRILLE.read_text(encoding="utf-8"), k.GRILLE.name)
loi = law.at(AU, non_verifie=True)
loi.get("plafonds_plus")
mesure.stop()
fixe = mesure.cpu
mesure.start()
program = compile_grille(grille, loi)
compile_ = cpu() - mesure.cpu
result = score(demandes, program, au=AU)
files = rank_demandes(result.table, demandes, grille, demandes["territoire"]) if rang else None
mesure.stop()
assert result.manquables == k.MANQUABLES
mesure.say(
    demandes.height, empreinte=digest(result.table), points=digest(result.table, tout=False),
    rang=digest_rang(files) if files is not None else None, fixe=fixe, compilation=compile_,
)  # fmt: skip
