"""Shared by the tests of waits: counts from triples, and a small invented territory."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter

import polars as pl

from palier.engines.cotation.attente.groupes import Groupe
from palier.engines.cotation.attente.model import Strate

AU = dt.date(2026, 11, 24)
Ligne = tuple[int, int, int]  # entry day, exit day, cause (0 waits, 1 housed, 2 left)


def groupe(lignes: list[Ligne]) -> Groupe:
    """Count triples as the engine does from a table."""
    exits: dict[int, list[int]] = {}
    for _, jour, cause in lignes:
        ended = exits.setdefault(jour, [0, 0, 0])
        ended[0] += 1
        ended[1] += cause == 1
        ended[2] += cause == 2
    entries = Counter(entree for entree, _, _ in lignes)
    return Groupe(Strate(), sorted(entries.items()), [(jour, *exits[jour]) for jour in sorted(exits)])


def baux(lignes: list[Ligne], **colonnes: object) -> pl.DataFrame:
    """Write triples as a table ``baux`` seen at ``AU``: those who wait end on that day."""
    rows = []
    for place, (entree, sortie, cause) in enumerate(lignes):
        depot = AU - dt.timedelta(days=sortie)
        fin = AU if cause else None
        rows.append(
            {
                "numero_unique": f"{place:018d}",
                "date_depot_initial": depot,
                "entree_date": depot + dt.timedelta(days=entree) if entree else None,
                "sortie_date": fin,
                "sortie_motif": {0: None, 1: "attribution", 2: "renoncement"}[cause],
                "bail_date": fin if cause == 1 else None,
            }
            | colonnes
        )
    schema = dict.fromkeys(("date_depot_initial", "entree_date", "sortie_date", "bail_date"), pl.Date)
    return pl.DataFrame(rows, schema_overrides=schema | {"sortie_motif": pl.String})


def territoire(graine: int, par_secteur: int, taux: dict[str, float], depart: float = 0.0004) -> pl.DataFrame:
    """Draw requests of sectors with known exponential hazards, filed over ten years, seen for four."""
    draw = random.Random(graine)
    debut = AU - dt.timedelta(days=4 * 365)
    rows = []
    for secteur, housed in taux.items():
        for _ in range(par_secteur):
            depot = AU - dt.timedelta(days=draw.randrange(3650))
            lease, leave = draw.expovariate(housed), draw.expovariate(depart)
            fin = depot + dt.timedelta(days=int(min(lease, leave)))
            if fin < debut:
                continue
            known, housed_first = fin <= AU, lease < leave
            rows.append(
                {
                    "numero_unique": f"{len(rows):018d}",
                    "date_depot_initial": depot,
                    "entree_date": max(depot, debut),
                    "sortie_date": fin if known else None,
                    "sortie_motif": ("attribution" if housed_first else "renoncement") if known else None,
                    "bail_date": fin if known and housed_first else None,
                    "typologie": "t3",
                    "secteur": secteur,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def incidence(jour: int, loge: float, depart: float = 0.0004) -> float:
    """Return the true share housed by a day under two exponential hazards."""
    both = loge + depart
    return loge / both * (1 - math.exp(-both * jour))
